/// How a transaction's body wants it to end, and what it hands back.
enum TransactionOutcome<Value> {
    /// What was written is kept.
    case commit(Value)
    /// Nothing that was written is kept.
    case rollback(Value)
}
