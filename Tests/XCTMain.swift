import Testing

/// Runs the unit tests. With an entry point of their own, the build need not search all modules for tests of XCTest's, of
/// which there are none.
@main
enum UnitTests {
    static func main() async {
        await Testing.__swiftPMEntryPoint() as Never
    }
}
