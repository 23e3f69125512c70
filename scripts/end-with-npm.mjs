/**
 * Ends this process, as SIGTERM would, once the npm that started it is gone. npm forwards a signal
 * only to the shell between the two, which dies without forwarding it: this process would go on
 * unseen, and keep its port.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
  }, 100).unref();
}
