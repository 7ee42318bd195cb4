import Simulation
import Testing

@Suite struct BankSimulatorTests {
    @Test
    func `has the columns of the bank's file, extra ones only when asked`() {
        let plain =
            "RowNumber,CustomerId,Surname,CreditScore,Geography,Gender,Age,Tenure,Balance,"
            + "NumOfProducts,HasCrCard,IsActiveMember,EstimatedSalary,Exited,"
        let rest = "Satisfaction Score,Card Type,Point Earned"
        func header(_ options: BankSimulator.Options) -> String {
            String(decoding: BankSimulator(seed: 1, options: options).header, as: UTF8.self)
        }
        #expect(header(.init()) == plain + rest + "\n")
        #expect(header(.init(complain: true)) == plain + "Complain," + rest + "\n")
        #expect(header(.init(trueProbability: true)) == plain + rest + ",TrueProbability\n")
    }

    @Test(arguments: [1, 7, 1_000, 4_096])
    func `row i depends on the seed and on i alone`(size: Int) {
        let simulator = BankSimulator(
            seed: 7,
            options: .init(complain: true, trueProbability: true)
        )
        let whole = simulator.csv(rows: 0 ..< 5_000)
        var joined: [UInt8] = []
        for start in stride(from: 0, to: 5_000, by: size) {
            joined += simulator.csv(rows: start ..< min(start + size, 5_000))
        }
        #expect(joined == whole)
    }

    @Test
    func `another seed gives other customers`() {
        let first = BankSimulator(seed: 1).csv(rows: 0 ..< 100)
        #expect(first == BankSimulator(seed: 1).csv(rows: 0 ..< 100))
        #expect(first != BankSimulator(seed: 2).csv(rows: 0 ..< 100))
    }

    @Test
    func `the bytes of a version stay: these two rows are part of the format`() {
        let simulator = BankSimulator(
            seed: 42,
            options: .init(complain: true, trueProbability: true)
        )
        let text = String(decoding: simulator.csv(rows: 0 ..< 2), as: UTF8.self)
        let expected = """
            1,10000042,Mormorov,438,France,Male,40,2,0,2,0,0,74005.52,0,0,3,GOLD,862,0.032256179
            2,65623083,Bergarov,763,Spain,Male,47,7,80763.18,1,1,0,199365.48,0,0,2,PLATINUM,910,0.460032334

            """
        #expect(text == expected)
    }

    @Test
    func `an empty range gives no bytes`() {
        #expect(BankSimulator(seed: 1).csv(rows: 5 ..< 5).isEmpty)
    }

    @Test
    func `every row has as many fields as the header`() {
        let sample = Sample.standard
        #expect(sample.rows.count == 50_000)
        #expect(sample.rows.allSatisfy { $0.count == sample.columns.count })
    }

    @Test
    func `row numbers count from 1; identifiers are unique and have eight digits`() throws {
        let sample = Sample.standard
        #expect(try sample.texts("RowNumber").map { Int($0) } == (1 ... 50_000).map { $0 })
        let identifiers = try sample.texts("CustomerId")
        #expect(identifiers.allSatisfy { $0.utf8.count == 8 && $0.first != "0" })
        #expect(Set(identifiers).count == 50_000)
    }

    @Test
    func `identifiers far down the file are still new`() throws {
        let simulator = BankSimulator(seed: 42)
        let far = Sample(simulator, rows: 89_999_990 ..< 90_000_010)
        let identifiers = try far.texts("CustomerId") + Sample.standard.texts("CustomerId")
        #expect(Set(identifiers).count == 50_020)
    }

    @Test
    func `10,000 customers share about 2,900 surnames, a few of them frequent`() throws {
        let names = try Sample.standard.texts("Surname").prefix(10_000)
        let counts = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        #expect((2_700 ... 3_200).contains(counts.count))
        #expect((15 ... 80).contains(counts.values.max() ?? 0))
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLetter && $0.isASCII } })
    }

    @Test
    func `values lie where a bank's do`() throws {
        let sample = Sample.standard
        let allowed: [(String, ClosedRange<Double>)] = [
            ("CreditScore", 350 ... 850), ("Age", 18 ... 95), ("Tenure", 0 ... 10),
            ("Balance", 0 ... 300_000), ("NumOfProducts", 1 ... 4), ("HasCrCard", 0 ... 1),
            ("IsActiveMember", 0 ... 1), ("EstimatedSalary", 11 ... 200_000), ("Exited", 0 ... 1),
            ("Complain", 0 ... 1), ("Satisfaction Score", 1 ... 5), ("Point Earned", 218 ... 1_000),
            ("TrueProbability", 0 ... 1),
        ]
        for (column, range) in allowed {
            #expect(try sample.numbers(column).allSatisfy(range.contains), "\(column)")
        }
    }

    @Test
    func `Complain gives the target away in all but about 14 of 10,000 rows`() throws {
        let sample = Sample.standard
        let pairs = try zip(sample.texts("Complain"), sample.texts("Exited"))
        let differing = pairs.count { $0.0 != $0.1 }
        #expect((35 ... 110).contains(differing))
    }

    @Test
    func `the extra columns change none of the others`() throws {
        let plain = Sample(BankSimulator(seed: 42), rows: 0 ..< 500)
        for column in plain.columns {
            #expect(
                try plain.texts(column) == Sample.standard.texts(column).prefix(500).map(\.self)
            )
        }
    }
}
