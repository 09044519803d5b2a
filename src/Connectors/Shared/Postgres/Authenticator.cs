using System.Text;

namespace PgCdc.Connectors.Shared.Postgres;

/// <summary>Answers the server's authentication requests until it is satisfied.</summary>
internal sealed class Authenticator(ConnectionSettings settings, FrameReader frames, FrameSender sender, ReadOnlyMemory<byte>? bindingData, bool encrypted)
{
    private const string Scram = "SCRAM-SHA-256";
    private const string ScramPlus = "SCRAM-SHA-256-PLUS";
    private ScramClient? _scram;
    private bool _bound;
    private bool _serverVerified;

    public void Run(Action<ServerNotice>? onNotice)
    {
        while (true)
        {
            var frame = frames.Read();
            switch (frame.Type)
            {
                case (byte)'R':
                    if (Answer(frame.Body))
                        return;
                    break;
                case (byte)'E':
                    throw new PostgresServerException(ServerNotice.Parse(frame.Body));
                case (byte)'N':
                    onNotice?.Invoke(ServerNotice.Parse(frame.Body));
                    break;
                default:
                    throw new PostgresProtocolException($"{settings.Address} answers the startup with message type 0x{frame.Type:x2}: is it a PostgreSQL server?");
            }
        }
    }

    private bool Answer(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var request = reader.ReadInt32();
        switch (request)
        {
            case 0:
                CheckAccepted();
                return true;
            case 3:
                SendPassword(Password());
                return false;
            case 5:
                SendPassword(Md5Password.Answer(settings.User, Password(), reader.Take(4)));
                return false;
            case 10:
                BeginScram(ref reader);
                return false;
            case 11:
                SendSasl(Exchange().Final(Encoding.UTF8.GetString(reader.Rest)));
                return false;
            case 12:
                Exchange().Verify(Encoding.UTF8.GetString(reader.Rest));
                _serverVerified = true;
                return false;
            default:
                throw new PostgresSessionException(
                    $"{settings.Address} asks for authentication method {request} (GSSAPI or SSPI); supported are trust, password, md5, scram-sha-256 and certificates.");
        }
    }

    /// <summary>A server that breaks off SCRAM has not shown that it knows the password.</summary>
    private void CheckAccepted()
    {
        if (_scram is not null && !_serverVerified)
            throw new PostgresProtocolException($"{settings.Address} ended SCRAM without its signature.");
        if (settings.ChannelBinding == ChannelBindingMode.Require && !_bound)
            throw new PostgresSessionException($"{settings.Address} authenticated this session without channel binding, but channel_binding=require.");
    }

    private string Password() => settings.Password
        ?? throw new PostgresSessionException($"{settings.Address} asks user '{settings.User}' for a password; give one in the URL, PGPASSWORD or ~/.pgpass.");

    private void SendPassword(string password)
    {
        if (settings.ChannelBinding == ChannelBindingMode.Require)
            throw new PostgresSessionException($"{settings.Address} does not use SCRAM-SHA-256-PLUS for user '{settings.User}', but channel_binding=require.");
        sender.Send(new MessageBuilder('p').AddText(password).Build());
    }

    private void BeginScram(ref MessageReader reader)
    {
        var mechanisms = Mechanisms(ref reader);
        _bound = mechanisms.Contains(ScramPlus) && bindingData is not null && settings.ChannelBinding != ChannelBindingMode.Disable;
        if (!_bound && settings.ChannelBinding == ChannelBindingMode.Require)
            throw new PostgresSessionException($"Channel binding is not possible with {settings.Address}, but channel_binding=require.");
        if (!_bound && !mechanisms.Contains(Scram))
            throw new PostgresSessionException($"{settings.Address} offers {string.Join(", ", mechanisms)}; supported are {Scram} and {ScramPlus}.");
        _scram = new ScramClient(Password(), Header(), _bound ? bindingData!.Value : default, ScramClient.NewNonce());
        var first = Encoding.UTF8.GetBytes(_scram.First());
        sender.Send(new MessageBuilder('p').AddText(_bound ? ScramPlus : Scram).AddInt32(first.Length).AddBytes(first).Build());
    }

    /// <summary>"y" tells the server that we could bind but saw no offer, so that it notices when somebody removed the offer.</summary>
    private string Header()
    {
        if (_bound)
            return "p=tls-server-end-point,,";
        return encrypted && bindingData is not null && settings.ChannelBinding != ChannelBindingMode.Disable ? "y,," : "n,,";
    }

    private ScramClient Exchange() => _scram ?? throw new PostgresProtocolException($"{settings.Address} continues a SCRAM exchange that was not begun.");

    private void SendSasl(string message) => sender.Send(new MessageBuilder('p').AddBytes(Encoding.UTF8.GetBytes(message)).Build());

    private static List<string> Mechanisms(ref MessageReader reader)
    {
        var mechanisms = new List<string>();
        for (var name = reader.ReadText(); name.Length > 0; name = reader.ReadText())
            mechanisms.Add(name);
        return mechanisms;
    }
}
