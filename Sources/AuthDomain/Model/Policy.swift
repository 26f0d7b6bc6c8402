/// Every number and rule by which one API differs from another.
package struct Policy: Sendable {
    package var codes = CodePolicy()
    package var sessions = SessionPolicy()
    package var passwords = PasswordPolicy()

    package init() {}
}
