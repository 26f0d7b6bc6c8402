import AuthDomain

/// `register`, `verify-email` and `resend-otp`.
extension Ride {
    var registrationRoutes: [Route] { [register, verifyEmail, resendCode] }

    private var register: Route {
        let vehicle: [BodyField] =
            switch role {
            case .user: []
            case .captain: [.string("color"), .string("plate"), .integer("capacity"), .string("type")]
            }
        return Route(
            .post, "\(role.base)/register",
            takes: [
                .string("firstname"), .string("lastname", isOptional: true), .address("email"), .string("password"),
                .string("phone"),
            ] + vehicle
        ) { exchange, call, services throws(AuthError) in
            let output = try CreateAccount.run(try newcomer(in: exchange, call.policy), in: call, with: services)
            let answer = Self.answer(
                .created, "\(role.noun) Registered Successfully",
                ["created\(role.noun)": details(of: output.account)])
            return setting(try tokens(of: output.issued, exchange, call), exchange, on: answer)
        }
    }

    private var verifyEmail: Route {
        Route(.post, "\(role.base)/verify-email", by: Self.credentials, takes: [.string("otp")]) {
            exchange, call, services throws(AuthError) in
            let session = try login(in: exchange, call, services)
            guard let code = OneTimeCode(try exchange.text("otp", required: .code)) else { throw .wrongCode }
            try VerifyEmail.run(VerifyEmail.Input(session: session, code: code), in: call, with: services)
            return Self.answer(.ok, "Your email has been successfully verified")
        }
    }

    private var resendCode: Route {
        Route(
            .post, "\(role.base)/resend-otp", ResendCode.self, takes: [.address("email")],
            decode: { exchange throws(AuthError) in [.email(try Self.email(in: exchange))] },
            encode: { _, _ in Self.answer(.ok, "New otp has been sent") })
    }

    /// The email of a body that has to name one.
    static func email(in exchange: Exchange) throws(AuthError) -> EmailAddress {
        guard let email = EmailAddress(try exchange.text("email", required: .email)) else { throw .invalid(.email) }
        return email
    }

    /// Who registers; every field that cannot stay as it is is told at once, the password among them.
    private func newcomer(in exchange: Exchange, _ policy: Policy) throws(AuthError) -> CreateAccount.Input {
        var form = Form(exchange)
        let firstName = form.value(.firstName, DisplayName.init(_:))
        let lastName = form.optional(.lastName, DisplayName.init(_:))
        let email = form.value(.email, EmailAddress.init(_:))
        // The phone stands in the password's rules, and after it in the document.
        let typed = exchange.text("phone").flatMap { PhoneNumber($0, callingCode: policy.callingCode) }
        let known: [AccountIdentifier] =
            [email.map { .email($0) }, typed.map { .phone($0) }].compactMap(\.self)
        let password = form.value(.password) { text in
            policy.accepts(Password(text), of: known) ? Password(text) : nil
        }
        let phone = form.value(.phone) { _ in typed }
        var profile = Profile(firstName: firstName, lastName: lastName)
        switch role {
        case .user: break
        case .captain: profile.vehicle = Self.vehicle(in: &form)
        }
        guard form.violations.isEmpty, let email, let password, let phone else {
            throw .unacceptable(form.violations)
        }
        return CreateAccount.Input(
            email: email, phone: phone, password: password, profile: profile, sendsCode: true)
    }

    private static func vehicle(in form: inout Form) -> Vehicle? {
        let color = form.value(.color, DisplayName.init(_:))
        let plate = form.value(.plate, DisplayName.init(_:))
        let capacity = form.number(.capacity, in: capacities)
        let kind = form.value(.vehicleKind) { text in
            let name = text.lowercased()
            return Vehicle.Kind.allCases.first { $0.rawValue.hasSameOctets(as: name) }
        }
        guard let color, let plate, let capacity, let kind else { return nil }
        return Vehicle(color: color, plate: plate, capacity: capacity, kind: kind)
    }
}
