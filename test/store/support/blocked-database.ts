/**
 * Keeps the database from opening, as a page does that was written against another version of it
 * and does not let go: from now on everybody waits. Returns a function that ends it; then they get
 * a new one, which is empty.
 */
export async function blockDatabase(): Promise<() => void> {
  const opening = indexedDB.open('snaptrail', 1);
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const blocker = opening.result;
  const deleting = indexedDB.deleteDatabase('snaptrail');
  await new Promise((resolve) => (deleting.onblocked = resolve));
  return () => blocker.close();
}
