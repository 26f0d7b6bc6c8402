import AuthDomain
import AuthTestSupport
import Testing

@Suite struct SpendTests {
    @Test(arguments: [
        ("+12125550100", "+1", "+1212555"), ("+79161234567", "+7", "+7916123"), ("+436601234567", "+43", "+4366012"),
        ("+353861234567", "+353", "+3538612"), ("+38970123456", "+389", "+3897012"),
        ("+88213123456", "+882", "+8821312"),
    ])
    func `a number has a country and a range`(number: String, country: String, range: String) throws {
        let phone = try #require(PhoneNumber(number))
        #expect(phone.country == country)
        #expect(phone.range == range)
    }

    @Test func `only countries that are listed are texted, and mails go everywhere`() throws {
        var policy = SpendPolicy()
        let (french, british) = (try #require(PhoneNumber("+33612345678")), try #require(PhoneNumber("+447911123456")))
        #expect(policy.reaches(.phone(french)) && policy.reaches(.phone(british)))
        policy.countries = ["44", "1"]
        #expect(!policy.reaches(.phone(french)) && policy.reaches(.phone(british)))
        #expect(policy.reaches(.email(try #require(EmailAddress("a@example.fr")))))
    }

    @Test func `whoever asks for a code to a country that is not texted is refused, and nothing is kept`() throws {
        var house = try #require(InMemoryHouse())
        house.policy.codes.spend.countries = ["44"]
        house.policy.limits.signUpsPerClient = Rate(1, in: .seconds(60))
        house.client = ClientAddress(octets: [192, 0, 2, 1])
        let french = try #require(PhoneNumber("+33612345678"))
        for _ in 1...3 {
            #expect(throws: AuthError.invalid(.phone)) {
                try house.run(SendCode.self, SendCode.Input(phone: french, session: nil))
            }
            #expect(throws: AuthError.invalid(.phone)) {
                try house.run(
                    SignUp.self,
                    SignUp.Input(email: nil, phone: french, password: Password("right one"), profile: Profile()))
            }
            for reveals in [true, false] {
                house.policy.revealsAccounts = reveals
                #expect(throws: AuthError.invalid(.phone)) {
                    try house.run(RequestReset.self, RequestReset.Input(addresses: [.phone(french)]))
                }
            }
        }
        #expect(throws: AuthError.invalid(.phone)) { try house.run(ResendCode.self, [.phone(french)]) }
        let british = try #require(PhoneNumber("+447911123456"))
        _ = try house.run(SendCode.self, SendCode.Input(phone: british, session: nil))
        #expect(house.store.messages.count == 1)
    }
}
