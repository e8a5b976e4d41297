// The words of the protocol that appear in this module's interface: whoever imports SUDPTransport
// needs no other module to use them.
@_exported public import enum SUDPCrypto.ConstantTime
@_exported public import enum SUDPCrypto.HMACSHA256
@_exported public import struct SUDPCrypto.SHA256
@_exported public import class SUDPProtocol.ByteBlock
@_exported public import enum SUDPProtocol.CloseCode
@_exported public import enum SUDPProtocol.CloseReason
@_exported public import enum SUDPProtocol.CongestionControl
@_exported public import struct SUDPProtocol.ConnectionStatistics
@_exported public import struct SUDPProtocol.HandshakeFailure
@_exported public import struct SUDPProtocol.NetworkAddress
@_exported public import struct SUDPProtocol.PeerIdentity
@_exported public import enum SUDPProtocol.SecurityMode
@_exported public import struct SUDPProtocol.TimeSpan
@_exported public import struct SUDPProtocol.TransportErrorCode
