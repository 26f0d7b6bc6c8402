/// By which call somebody asked for a message. Where answers must not tell whether anybody is known, each call has its
/// own limits for an address: that somebody registered a moment ago would else show in how soon a code is sent again.
package enum Asking: String, CaseIterable, Sendable {
    case signUp = "sign-up"
    case resend
    case reset
}
