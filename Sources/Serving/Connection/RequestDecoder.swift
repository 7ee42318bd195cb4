import NIOCore
import NIOHTTP1

/// NIO's HTTP/1 parser, begun anew where it considers its work done.
///
/// After a request with `Upgrade` the parser leaves what follows to the other protocol. This service changes to none, and
/// Java's client offers HTTP/2 with every single request.
final class RequestDecoder: ByteToMessageDecoder {
    typealias InboundOut = HTTPServerRequestPart

    /// Fields that a head may have.
    static let greatestFieldCount = 100

    private let limits: NIOHTTPDecoderLimitConfiguration
    private var parser: HTTPRequestDecoder
    /// Whether the parser has read a request with `Upgrade` to its end; told by whoever saw that.
    var isSpent = false

    init(headerBytes: Int) {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = headerBytes
        limits.maxHeaderListSize = headerBytes
        limits.maxHeaderFieldCount = Self.greatestFieldCount
        self.limits = limits
        parser = HTTPRequestDecoder(limitConfiguration: limits)
    }

    func decoderAdded(context: ChannelHandlerContext) { parser.decoderAdded(context: context) }

    func decoderRemoved(context: ChannelHandlerContext) { parser.decoderRemoved(context: context) }

    func decode(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer
    ) throws -> DecodingState {
        let state = try parser.decode(context: context, buffer: &buffer)
        guard isSpent else { return state }
        isSpent = false
        parser.decoderRemoved(context: context)
        parser = HTTPRequestDecoder(limitConfiguration: limits)
        parser.decoderAdded(context: context)
        return buffer.readableBytes > 0 ? .continue : state
    }

    func decodeLast(
        context: ChannelHandlerContext,
        buffer: inout ByteBuffer,
        seenEOF: Bool
    ) throws -> DecodingState {
        while buffer.readableBytes > 0,
            case .continue = try decode(context: context, buffer: &buffer)
        {}
        return try parser.decodeLast(context: context, buffer: &buffer, seenEOF: seenEOF)
    }
}
