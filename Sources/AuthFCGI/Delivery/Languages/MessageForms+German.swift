extension MessageForms {
    /// German.
    static let german: [MessageKind: String] = [
        .code: """
        Subject: {{code}} ist Ihr Code für {{site}}
        Text: {{code}} ist Ihr Code für {{site}}. Er gilt {{minutes}} Min. Geben Sie ihn niemandem.

        Ihr Code für {{site}}:

        {{code}}

        Er gilt {{minutes}} Minuten. Geben Sie ihn niemandem. Wenn Sie ihn nicht angefordert haben, brauchen \
        Sie nichts zu tun.
        """,
        .passwordReset: """
        Subject: {{code}} ist Ihr Code für ein neues Passwort bei {{site}}
        Text: {{code}} ist Ihr Code für ein neues Passwort bei {{site}}. Er gilt {{minutes}} Min. Geben Sie ihn \
        niemandem.

        Ihr Code für ein neues Passwort bei {{site}}:

        {{code}}

        Er gilt {{minutes}} Minuten. Geben Sie ihn niemandem. Wenn Sie ihn nicht angefordert haben, tun Sie \
        nichts: Ihr Passwort bleibt, wie es ist.
        """,
        .resetLink: """
        Subject: Ein neues Passwort für {{site}}
        Text: Neues Passwort für {{site}} festlegen: {{link}}

        Legen Sie hier ein neues Passwort für {{site}} fest:

        {{link}}

        Der Link gilt einmal, {{minutes}} Minuten lang. Wenn Sie ihn nicht angefordert haben, tun Sie nichts: \
        Ihr Passwort bleibt, wie es ist.
        """,
    ]
}
