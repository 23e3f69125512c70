import { readFileSync, readdirSync } from 'node:fs';

/**
 * The memory of a process and its descendants, in bytes: their proportional set size, which counts
 * shared pages once. Linux only (proc(5): smaps_rollup).
 */
export function memoryOfTree(root: number): number {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (Number.isInteger(pid)) parents.set(pid, parentOf(pid));
  }
  const belongs = (pid: number): boolean => pid === root || (parents.has(pid) && belongs(parents.get(pid)!));
  return [...parents.keys()].filter(belongs).reduce((sum, pid) => sum + memoryOf(pid), 0);
}

/** A process that has just ended has no parent, and no memory. */
function parentOf(pid: number): number {
  // After the process's name, which is in parentheses and may contain anything.
  return Number(/\) \S (\d+)/.exec(read(pid, 'stat'))?.[1] ?? -1);
}

function memoryOf(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) * 1024;
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
