import Glibc

/// The machine that the process runs on.
enum Machine {
    /// How many cores are there for it, one at least.
    static var cores: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// A worker's share of the cores, one at least.
    static func cores(of workers: Int) -> Int { max(1, cores / workers) }
}
