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
        .passwordChanged: """
        Subject: Ihr Passwort für {{site}} wurde geändert
        Text: Ihr Passwort für {{site}} wurde geändert. Waren Sie es nicht, legen Sie sofort ein neues \
        fest.

        Das Passwort Ihres Kontos bei {{site}} wurde am {{time}} geändert, von {{client}} aus.

        Waren Sie es, brauchen Sie nichts zu tun. Waren Sie es nicht, legen Sie sofort ein neues Passwort \
        fest: Alle, die angemeldet sind, werden dann abgemeldet.
        """,
        .newDevice: """
        Subject: Anmeldung bei {{site}}
        Text: {{site}}: Anmeldung von einem neuen Gerät. Nicht Sie? {{link}}

        Jemand hat sich bei Ihrem Konto bei {{site}} von einem Gerät angemeldet, das bisher nicht \
        angemeldet war: am {{time}}, von {{client}} aus.

        Waren Sie es, brauchen Sie nichts zu tun. Waren Sie es nicht, melden Sie das Gerät hier ab und \
        legen Sie ein neues Passwort fest:

        {{link}}

        Der Link gilt einmal, {{days}} Tage lang.
        """,
        .registrationAttempted: """
        Subject: Sie haben schon ein Konto bei {{site}}
        Text: Jemand wollte sich bei {{site}} mit Ihrer Adresse registrieren, die schon ein Konto hat. \
        Waren Sie es, melden Sie sich an.

        Jemand wollte sich am {{time}} von {{client}} aus bei {{site}} mit dieser Adresse registrieren. \
        Sie hat schon ein Konto.

        Waren Sie es, melden Sie sich stattdessen an; haben Sie Ihr Passwort vergessen, fordern Sie ein \
        neues an. Waren Sie es nicht, brauchen Sie nichts zu tun.
        """,
    ]
}
