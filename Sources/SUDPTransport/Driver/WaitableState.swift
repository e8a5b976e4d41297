/// What a `Monitor` guards: a state with conditions that tasks and threads wait for.
protocol WaitableState: Sendable {
    associatedtype Condition: Sendable

    var waiting: WaitList<Condition> { get set }

    /// Whether nobody has to wait for the condition now.
    func holds(_ condition: Condition) -> Bool
}
