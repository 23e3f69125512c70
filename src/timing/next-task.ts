const due: (() => unknown)[] = [];
let channel: MessageChannel | null = null;

/**
 * Runs `run` in a new task, in order, as soon as possible. Posts a message to itself, which
 * browsers do not throttle in a hidden tab as they do timers.
 */
export function nextTask(run: () => unknown): void {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => due.shift()?.();
  }
  due.push(run);
  channel.port2.postMessage(null);
}
