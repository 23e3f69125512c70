/**
 * Ends this process, as by SIGTERM, when the npm that started it is gone. npm hands a signal on to
 * the shell in between, and a shell that dies of it hands nothing on: the port would stay taken by
 * a process that nobody sees.
 */
export function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const shell = process.ppid;
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM');
  }, 100).unref();
}
