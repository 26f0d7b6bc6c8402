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
        .passwordChanged: """
        Subject: A sua senha de {{site}} foi alterada
        Text: A sua senha de {{site}} foi alterada. Se não foi você, defina outra imediatamente.

        A senha da sua conta em {{site}} foi alterada em {{time}}, a partir de {{client}}.

        Se foi você, não precisa fazer nada. Se não foi, defina imediatamente uma nova senha: todas as \
        sessões abertas serão encerradas.
        """,
        .newDevice: """
        Subject: Início de sessão em {{site}}
        Text: {{site}}: início de sessão em um novo dispositivo. Não foi você? {{link}}

        Alguém entrou na sua conta em {{site}} a partir de um dispositivo que ainda não tinha entrado: em \
        {{time}}, a partir de {{client}}.

        Se foi você, não precisa fazer nada. Se não foi, encerre aqui a sessão desse dispositivo e defina \
        uma nova senha:

        {{link}}

        O link funciona uma única vez, durante {{days}} dias.
        """,
        .registrationAttempted: """
        Subject: Você já tem uma conta em {{site}}
        Text: Alguém tentou registrar-se em {{site}} com o seu endereço, que já tem uma conta. Se foi \
        você, entre nela.

        Alguém tentou registrar-se em {{site}} com este endereço em {{time}}, a partir de {{client}}. Ele \
        já tem uma conta.

        Se foi você, entre na sua conta; se esqueceu a senha, peça uma nova. Se não foi, não precisa fazer \
        nada.
        """,
    ]
}
