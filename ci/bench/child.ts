// A worker process as the parent sees it: pinned to one processor where `taskset` exists, killed when it is silent.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import type { Answer, Request } from './protocol.ts';

/** The command that starts node on one processor: empty where that is not possible. */
export function pinningCommand(): readonly string[] {
  const allowed = spawnSync('taskset', ['-cp', String(process.pid)], { encoding: 'utf8' });
  if (allowed.status !== 0) return [];
  const cpu = /(\d+)\s*$/.exec(allowed.stdout)?.[1];
  return cpu === undefined ? [] : ['taskset', '-c', cpu];
}

export class Child {
  private readonly process: ChildProcess;
  private errorText = '';
  private settle: ((answer: Answer<unknown>) => void) | null = null;

  constructor(command: readonly string[], nodeFlags: readonly string[], file: string) {
    const [program, ...args] = [...command, process.execPath, ...nodeFlags, file];
    const { NODE_OPTIONS: _, ...env } = process.env;
    this.process = spawn(program as string, args, { env, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    this.process.stderr?.on('data', (chunk: Buffer) => {
      this.errorText = (this.errorText + chunk.toString()).slice(-2000);
    });
    this.process.on('message', (answer: Answer<unknown>) => this.settle?.(answer));
    this.process.on('error', ({ message }) => this.settle?.({ error: message }));
    this.process.on('exit', (code, signal) => {
      const last = this.errorText.trim().split('\n').at(-1) ?? '';
      this.settle?.({ error: `the process ended with ${signal ?? code}${last === '' ? '' : `: ${last}`}` });
    });
  }

  /** Rejects with an `Error` when the worker fails, dies or does not answer in time. */
  async request<T>(request: Request, timeoutMs: number): Promise<T> {
    const answer = await new Promise<Answer<unknown>>((resolve) => {
      const timer = setTimeout(() => {
        resolve({ error: `no answer in ${timeoutMs / 1000} s` });
        this.end();
      }, timeoutMs);
      this.settle = (received) => {
        clearTimeout(timer);
        resolve(received);
      };
      this.process.send(request, (error) => {
        if (error !== null) this.settle?.({ error: error.message });
      });
    });
    this.settle = null;
    if ('error' in answer) throw new Error(answer.error);
    return answer.value as T;
  }

  end(): void {
    this.process.kill('SIGKILL');
  }
}
