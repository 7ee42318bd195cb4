import Testing
import Tracking

@Suite struct ModelAddressTests {
    @Test(arguments: [
        ("runs:/0f3a/model", ModelAddress.run("0f3a", path: "model")),
        ("runs:/0f3a/models/best", .run("0f3a", path: "models/best")),
        ("models:/m-0f3a", .logged("m-0f3a")),
        ("models:/churn/12", .version(12, of: "churn")),
        ("models:/a/b/1", .version(1, of: "a/b")),
        ("models:/churn@champion", .alias("champion", of: "churn")),
        ("models:/me@home@champion", .alias("champion", of: "me@home")),
        ("runs:/0f3a", .incomplete("runs:/0f3a")), ("runs:/", .incomplete("runs:/")),
        ("models:/churn", .incomplete("models:/churn")),
        ("models:/churn/latest", .incomplete("models:/churn/latest")),
    ])
    func `is read, and written as it was`(text: String, address: ModelAddress) {
        #expect(ModelAddress(text) == address)
        #expect("\(address)" == text)
    }

    @Test(arguments: ["", "model", "/tmp/runs:/x/y", "file:///model", "mlflow-artifacts:/0/1"])
    func `anything else is none`(text: String) {
        #expect(ModelAddress(text) == nil)
    }
}
