/** Counts transactions that write while `act` runs. */
export async function transactions(act: () => Promise<unknown>): Promise<number> {
  const { prototype } = IDBDatabase;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- is called on a database below
  const { transaction } = prototype;
  let made = 0;
  prototype.transaction = function (...asked) {
    if (asked[1] === 'readwrite') made++;
    return transaction.apply(this, asked);
  };
  try {
    await act();
  } finally {
    prototype.transaction = transaction;
  }
  return made;
}
