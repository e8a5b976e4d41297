/// One broken rule at one place, printed as `file:line: rule`.
struct Finding: Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let rule: String

    var description: String { "\(path):\(line): \(rule)" }
}
