const due: (() => unknown)[] = [];
let channel: MessageChannel | null = null;

/**
 * Runs `run` in a task of its own, in order, as soon as the browser gets round to it. A message to
 * ourselves: unlike a timer it is not slowed down in a tab that nobody looks at.
 */
export function nextTask(run: () => unknown): void {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => due.shift()?.();
  }
  due.push(run);
  channel.port2.postMessage(null);
}
