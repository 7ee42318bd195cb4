import ChurnModel
import HTTPTypes
import OpenAPI
import Output
import Synchronization
import Wire

/// What the service tells of itself.
extension PredictionService {
    /// `GET /metrics`, in Prometheus's text form.
    func metricsPage() -> Reply {
        var page = MetricsPage()
        metrics.write(slot.current, to: &page)
        writeRecord(to: &page)
        writeDrift(to: &page)
        writePerformance(to: &page)
        return Reply(page.bytes, "text/plain; version=0.0.4; charset=utf-8")
    }

    /// `GET /openapi.json`: the description of all routes for the model that answers now.
    func description() -> Reply {
        let served = slot.current
        let document = OpenAPIDocument(
            served.model.schema,
            service: ServiceDescription(
                modelName: served.name,
                modelVersion: served.version,
                programVersion: RetainVersion.current,
                requiresKeys: needsKeys,
                bodyLimit: limits.bodyBytes
            )
        )
        return Reply(document.json)
    }

    /// `POST /admin/reload`: looks for what changed outside, as SIGHUP does.
    func reloaded() async -> Reply {
        let reload = reload.withLock(\.self)
        let isChanged = await reload?() ?? false
        return Reply(slot.current.identity.with(["changed": .truth(isChanged)]))
    }
}

extension Reply {
    /// `GET /docs`: a page that shows `/openapi.json`.
    static var documentation: Reply {
        var reply = Reply(DocumentationPage.html, "text/html; charset=utf-8")
        reply.headers[.contentSecurityPolicy] = DocumentationPage.contentSecurityPolicy
        reply.headers[.xFrameOptions] = "DENY"
        reply.headers[.referrerPolicy] = "no-referrer"
        return reply
    }
}

extension HTTPField.Name {
    fileprivate static let xFrameOptions = name("X-Frame-Options")
    fileprivate static let referrerPolicy = name("Referrer-Policy")
}
