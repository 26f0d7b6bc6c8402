extension MessageForms {
    /// Spanish.
    static let spanish: [MessageKind: String] = [
        .code: """
        Subject: {{code}} es su código de {{site}}
        Text: {{code}} es su código de {{site}}. Vale {{minutes}} min. No se lo dé a nadie.

        Su código para {{site}}:

        {{code}}

        Vale durante {{minutes}} minutos. No se lo dé a nadie. Si usted no lo ha pedido, no tiene que hacer nada.
        """,
        .passwordReset: """
        Subject: {{code}} es su código de {{site}} para una nueva contraseña
        Text: {{code}} es su código de {{site}} para una nueva contraseña. Vale {{minutes}} min. No se lo dé a \
        nadie.

        Su código para elegir una nueva contraseña en {{site}}:

        {{code}}

        Vale durante {{minutes}} minutos. No se lo dé a nadie. Si usted no lo ha pedido, no haga nada: su \
        contraseña sigue siendo la misma.
        """,
        .resetLink: """
        Subject: Una nueva contraseña para {{site}}
        Text: Elija una nueva contraseña para {{site}}: {{link}}

        Elija aquí una nueva contraseña para {{site}}:

        {{link}}

        El enlace sirve una sola vez, durante {{minutes}} minutos. Si usted no lo ha pedido, no haga nada: su \
        contraseña sigue siendo la misma.
        """,
    ]
}
