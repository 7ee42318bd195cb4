import Testing
import Tracking

/// What MLflow's variables say.
@Suite struct TrackingConfigurationTests {
    private typealias Credentials = TrackingConfiguration.Credentials

    private static func read(
        _ environment: [String: String],
        file: String? = nil
    ) throws -> TrackingConfiguration {
        try TrackingConfiguration(environment: environment, credentialsFile: file)
    }

    private static let server = ["MLFLOW_TRACKING_URI": "https://example.org/mlflow/"]

    @Test
    func `nothing is said`() throws {
        let configuration = try Self.read(["MLFLOW_TRACKING_URI": "", "PATH": "/bin"])
        #expect(configuration.place == .file("mlflow.db"))
        #expect(configuration.description == "sqlite:///mlflow.db")
        #expect(configuration.credentials == .none)
        #expect(configuration.tls.verifies)
        #expect(configuration.retries == RetryPolicy(limit: 7, factor: 2, jitter: 1))
        #expect(configuration.timeout == 120)
        #expect(configuration.experiment == nil)
    }

    @Test(
        arguments: [
            ("sqlite:///runs/a.db", TrackingConfiguration.Place.file("runs/a.db")),
            ("sqlite:////var/a.db", .file("/var/a.db")),
            ("http://127.0.0.1:5000", .server("http://127.0.0.1:5000")),
            ("HTTPS://example.org/a/b//", .server("https://example.org/a/b")),
            ("http://[::1]:5000/x", .server("http://[::1]:5000/x")),
            ("https://ada:s%40c@example.org", .server("https://example.org")),
        ]
    )
    func `places`(_ text: String, _ place: TrackingConfiguration.Place) throws {
        #expect(try Self.read(["MLFLOW_TRACKING_URI": text]).place == place)
    }

    @Test(
        arguments: [
            "mlruns", "./mlruns", "file:///tmp/mlruns", "databricks", "databricks://profile",
            "postgresql://ada:s3cret@host/db", "sqlite://x", "sqlite:///", "sqlite:///:memory:",
            "http://", "http://:5000", "https://ada:s3cret@", "http://host:port",
            "http://host:99999",
            "http://host/?a=b", "http://host/#a", "http://ho st", "http://ada:s3cret/x@host",
            "http://ada:s3cret@evil@/", "http://host\r\nx: y", "https://ada:s3cret%0a@host",
        ]
    )
    func `places that can't be`(_ text: String) {
        let error = #expect(throws: TrackingConfigurationError.self) {
            try Self.read(["MLFLOW_TRACKING_URI": text])
        }
        #expect(error?.name == "MLFLOW_TRACKING_URI")
        #expect(error?.description.contains("s3cret") == false)
        #expect(error?.description.contains("\n") == false)
    }

    @Test
    func `name and password go before a token, variables before the file`() throws {
        let file = """
            # mine
            [other]
            mlflow_tracking_username = eve
            [mlflow]
            mlflow_tracking_username = ada
            MLFLOW_TRACKING_PASSWORD: from file=1
            """
        var environment = Self.server
        #expect(try Self.read(environment).credentials == .none)
        environment["MLFLOW_TRACKING_TOKEN"] = "t"
        #expect(try Self.read(environment).credentials == .bearer("t"))
        #expect(
            try Self.read(environment, file: file).credentials
                == .basic(user: "ada", password: "from file=1")
        )
        environment["MLFLOW_TRACKING_PASSWORD"] = "p"
        #expect(try Self.read(environment).credentials == .bearer("t"))
        #expect(
            try Self.read(environment, file: file).credentials
                == .basic(user: "ada", password: "p")
        )
        environment["MLFLOW_TRACKING_URI"] = "https://bob:s%3A%40c:x@example.org"
        #expect(
            try Self.read(environment, file: file).credentials
                == .basic(user: "bob", password: "s:@c:x")
        )
    }

    @Test
    func `DagsHub's token, for DagsHub alone`() throws {
        var environment = [
            "MLFLOW_TRACKING_URI": "https://dagshub.com/owner/churn.mlflow",
            "DAGSHUB_USER_TOKEN": "tok",
        ]
        #expect(try Self.read(environment).credentials == .basic(user: "tok", password: "tok"))
        environment["DAGSHUB_USERNAME"] = "ada"
        #expect(try Self.read(environment).credentials == .basic(user: "ada", password: "tok"))
        for other in [
            "https://dagshub.com.evil.org/x", "http://dagshub.com/owner/churn.mlflow",
            "https://example.org/dagshub.com/",
        ] {
            environment["MLFLOW_TRACKING_URI"] = other
            #expect(try Self.read(environment).credentials == .none)
        }
        environment["DAGSHUB_CLIENT_HOST"] = "https://example.org/"
        #expect(try Self.read(environment).credentials == .basic(user: "ada", password: "tok"))
        environment["MLFLOW_TRACKING_TOKEN"] = "t"
        #expect(try Self.read(environment).credentials == .bearer("t"))
    }

    @Test
    func `the other variables`() throws {
        let configuration = try Self.read([
            "MLFLOW_TRACKING_INSECURE_TLS": "True", "MLFLOW_TRACKING_CLIENT_CERT_PATH": "own.pem",
            "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0", "MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR": "0.5",
            "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER": "0", "MLFLOW_HTTP_REQUEST_TIMEOUT": "2.5",
            "MLFLOW_EXPERIMENT_NAME": "churn", "MLFLOW_EXPERIMENT_ID": "4",
        ])
        #expect(!configuration.tls.verifies)
        #expect(configuration.tls.own == "own.pem")
        #expect(configuration.retries == RetryPolicy(limit: 0, factor: 0.5, jitter: 0))
        #expect(configuration.timeout == 2.5)
        #expect(configuration.experiment == "churn")
        #expect(configuration.experimentID == nil)
        #expect(try Self.read(["MLFLOW_EXPERIMENT_ID": "4"]).experimentID == "4")
        let trusted = try Self.read(["MLFLOW_TRACKING_SERVER_CERT_PATH": "ca.pem"]).tls.trusted
        #expect(trusted == "ca.pem")
    }

    @Test(
        arguments: [
            ("MLFLOW_TRACKING_INSECURE_TLS", "yes"), ("MLFLOW_TRACKING_INSECURE_TLS", "2"),
            ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2.5"), ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "-1"),
            ("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "many"), ("MLFLOW_HTTP_REQUEST_TIMEOUT", "0"),
            ("MLFLOW_HTTP_REQUEST_TIMEOUT", "nan"), ("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", "-2"),
            ("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", "inf"),
            ("MLFLOW_TRACKING_TOKEN", "s3cret\r\nx: y"), ("MLFLOW_TRACKING_PASSWORD", "s3cret\n"),
        ]
    )
    func `values that can't be`(_ name: String, _ value: String) {
        let error = #expect(throws: TrackingConfigurationError.self) {
            try Self.read(Self.server.merging([name: value]) { $1 })
        }
        #expect(error?.name == name)
        #expect(error?.description.contains("s3cret") == false)
    }

    @Test
    func `no proof asked for, and one to check it by`() {
        let error = #expect(throws: TrackingConfigurationError.self) {
            try Self.read([
                "MLFLOW_TRACKING_INSECURE_TLS": "1", "MLFLOW_TRACKING_SERVER_CERT_PATH": "ca.pem",
            ])
        }
        #expect(error?.description.contains("MLFLOW_TRACKING_SERVER_CERT_PATH") == true)
    }

    @Test
    func `a certificate that is none`() throws {
        let configuration = try Self.read(
            Self.server.merging(["MLFLOW_TRACKING_SERVER_CERT_PATH": "/none/ca.pem"]) { $1 }
        )
        let error = #expect(throws: TrackingConfigurationError.self) {
            try ServerStore(configuration.description, configuration)
        }
        #expect(error?.name == "MLFLOW_TRACKING_SERVER_CERT_PATH")
    }

    @Test
    func `no description shows a secret`() throws {
        for environment in [
            ["MLFLOW_TRACKING_URI": "https://ada:s3cret@example.org/x"],
            Self.server.merging(["MLFLOW_TRACKING_TOKEN": "s3cret"]) { $1 },
            Self.server.merging(
                ["MLFLOW_TRACKING_USERNAME": "ada", "MLFLOW_TRACKING_PASSWORD": "s3cret"]
            ) { $1 },
        ] {
            let configuration = try Self.read(environment)
            let texts = [
                "\(configuration)", String(reflecting: configuration),
                "\(configuration.credentials)", String(reflecting: configuration.credentials),
                "\(configuration.place)",
            ]
            for text in texts { #expect(!text.contains("s3cret"), "\(text)") }
            #expect(configuration.credentials != Credentials.none)
        }
    }
}
