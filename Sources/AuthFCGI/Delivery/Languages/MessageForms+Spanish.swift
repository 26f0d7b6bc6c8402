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
        .passwordChanged: """
        Subject: Se ha cambiado su contraseña de {{site}}
        Text: Se ha cambiado su contraseña de {{site}}. Si no ha sido usted, elija otra cuanto antes.

        La contraseña de su cuenta de {{site}} se cambió el {{time}}, desde {{client}}.

        Si ha sido usted, no tiene que hacer nada. Si no, elija cuanto antes una contraseña nueva: se \
        cerrarán todas las sesiones abiertas.
        """,
        .newDevice: """
        Subject: Inicio de sesión en {{site}}
        Text: {{site}}: inicio de sesión desde un dispositivo nuevo. ¿No ha sido usted? {{link}}

        Alguien ha iniciado sesión en su cuenta de {{site}} desde un dispositivo que no lo había hecho \
        antes: el {{time}}, desde {{client}}.

        Si ha sido usted, no tiene que hacer nada. Si no, cierre aquí la sesión de ese dispositivo y elija \
        una contraseña nueva:

        {{link}}

        El enlace funciona una sola vez, durante {{days}} días.
        """,
        .registrationAttempted: """
        Subject: Ya tiene una cuenta en {{site}}
        Text: Alguien ha querido registrarse en {{site}} con su dirección, que ya tiene una cuenta. Si ha \
        sido usted, inicie sesión.

        Alguien ha querido registrarse en {{site}} con esta dirección el {{time}}, desde {{client}}. Ya \
        tiene una cuenta.

        Si ha sido usted, inicie sesión; si ha olvidado su contraseña, pida una nueva. Si no, no tiene que \
        hacer nada.
        """,
    ]
}
