import AuthDomain

/// What answers tell of an account.
extension Ride {
    /// The account without its secrets, in the document's order.
    func details(of account: Account) -> JSONValue {
        let names = [("firstname", account.profile.firstName), ("lastname", account.profile.lastName)]
        let isVerified = account.email.map { account.hasProven(.email($0)) } ?? false
        var members = [
            JSONObject.Member(
                name: "fullname",
                value: .object(
                    JSONObject(
                        members: names.compactMap { name, value in
                            value.map { JSONObject.Member(name: name, value: .string($0.text)) }
                        }))),
            JSONObject.Member(name: "email", value: .string(account.email?.typed ?? "")),
            JSONObject.Member(name: "phone", value: .string(account.phone?.typed ?? "")),
        ]
        switch role {
        case .user: break
        case .captain:
            if let vehicle = account.profile.vehicle {
                members.append(JSONObject.Member(name: "vehicle", value: Self.details(of: vehicle)))
            }
            members.append(JSONObject.Member(name: "status", value: isVerified ? "active" : "inactive"))
        }
        members.append(JSONObject.Member(name: "isVerified", value: .bool(isVerified)))
        return .object(JSONObject(members: members))
    }

    private static func details(of vehicle: Vehicle) -> JSONValue {
        [
            "color": .string(vehicle.color.text), "plate": .string(vehicle.plate.text),
            "capacity": .integer(vehicle.capacity), "vehicleType": .string(vehicle.kind.rawValue),
        ]
    }
}
