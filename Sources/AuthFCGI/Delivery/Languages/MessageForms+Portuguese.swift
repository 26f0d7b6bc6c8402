extension MessageForms {
    /// Portuguese.
    static let portuguese: [MessageKind: String] = [
        .code: """
        Subject: {{code}} é o seu código de {{site}}
        Text: {{code}} é o seu código de {{site}}. Vale por {{minutes}} min. Não o dê a ninguém.

        O seu código para {{site}}:

        {{code}}

        Vale por {{minutes}} minutos. Não o dê a ninguém. Se não o pediu, não precisa de fazer nada.
        """,
        .passwordReset: """
        Subject: {{code}} é o seu código de {{site}} para uma nova senha
        Text: {{code}} é o seu código de {{site}} para uma nova senha. Vale por {{minutes}} min. Não o dê a \
        ninguém.

        O seu código para definir uma nova senha em {{site}}:

        {{code}}

        Vale por {{minutes}} minutos. Não o dê a ninguém. Se não o pediu, não faça nada: a sua senha continua a \
        mesma.
        """,
        .resetLink: """
        Subject: Uma nova senha para {{site}}
        Text: Defina uma nova senha para {{site}}: {{link}}

        Defina aqui uma nova senha para {{site}}:

        {{link}}

        O link funciona uma só vez, durante {{minutes}} minutos. Se não o pediu, não faça nada: a sua senha \
        continua a mesma.
        """,
    ]
}
