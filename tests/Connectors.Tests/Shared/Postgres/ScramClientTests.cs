using PgCdc.Connectors.Shared.Postgres;
using Xunit;

namespace PgCdc.Connectors.Tests.Shared.Postgres;

public sealed class ScramClientTests
{
    private const string ServerFirst = "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    [Fact]
    public void Exchange_OfRfc7677_IsReproduced()
    {
        var client = Client();

        Assert.Equal("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", client.First());
        Assert.Equal(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            client.Final(ServerFirst));
        client.Verify("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }

    [Theory]
    [InlineData("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl94G4=", "SCRAM: the server's signature is wrong; it does not know the password.")]
    [InlineData("v=", "SCRAM: the server's signature is wrong; it does not know the password.")]
    [InlineData("v=!", "SCRAM: the server's message has a field that is not base64.")]
    [InlineData("e=other-error", "SCRAM: the server answers 'other-error'.")]
    [InlineData("x=1", "SCRAM: the server's message lacks 'v'.")]
    public void Verify_OfAWrongSignature_Fails(string serverFinal, string message)
    {
        var client = Client();
        client.Final(ServerFirst);

        Assert.Equal(message, Assert.Throws<PostgresProtocolException>(() => client.Verify(serverFinal)).Message);
    }

    [Fact]
    public void Verify_BeforeTheProof_Fails() => Assert.Throws<PostgresProtocolException>(() => Client().Verify("v="));

    [Theory]
    [InlineData("r=other,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "SCRAM: the server's nonce does not continue ours.")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "SCRAM: the server's nonce does not continue ours.")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0", "SCRAM: the server asks for '0' iterations; at most 10000000 are done.")]
    [InlineData("r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=2000000000", "SCRAM: the server asks for '2000000000' iterations; at most 10000000 are done.")]
    [InlineData("nonsense", "SCRAM: the server's message is malformed.")]
    public void Final_OfABadServerMessage_Fails(string serverFirst, string message) =>
        Assert.Equal(message, Assert.Throws<PostgresProtocolException>(() => Client().Final(serverFirst)).Message);

    [Theory]
    [InlineData("plain ASCII ~", "plain ASCII ~")]
    [InlineData("soft\u00ADhyphen \u00FC", "softhyphen \u00FC")]
    [InlineData("no\u00A0break\u2003space", "no break space")]
    [InlineData("\u00AD", "\u00AD")]
    [InlineData("bell\u0007\u00FC", "bell\u0007\u00FC")]
    public void SaslPrep_MapsOrKeepsThePassword(string password, string prepared) => Assert.Equal(prepared, SaslPrep.Prepare(password));

    private static ScramClient Client() => new("pencil", "n,,", default, "rOprNGfwEbeRWgbNEkqO", "user");
}
