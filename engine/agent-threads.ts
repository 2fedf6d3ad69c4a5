// Agents in threads of their own, for embedders. A thread is the host's affair (worker threads, Web Workers); what it needs to
// take part is a ClusterMember, made from the memory of the cluster, which hosts can post to it, and given to its Runtime:
//
//   first thread                                    another thread
//   const member = new ClusterMember();             const member = new ClusterMember(memory);
//   post(member.memory) ─────────────────────────►  new Runtime({ cluster: member, … })
//   new Runtime({ cluster: member, … })
//   post(runtime.shareMemory(sharedArrayBuffer)) ►  runtime.adoptMemory(message) gives the SharedArrayBuffer object there,
//                                                   or the WebAssembly.Memory if it is one
//
// Atomics.wait, waitAsync and notify then work between the two. Each Runtime has its own CanBlock, limits and event loop.
import { AgentCluster, createClusterMemory } from './runtime/agent-cluster.ts';

/** A BroadcastChannel as browsers and Node have it. */
interface HostChannel {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown): void;
  close(): void;
  /** Node's. */
  unref?(): void;
}

export class ClusterMember {
  readonly cluster: AgentCluster;
  /** Called when another agent has notified promises of this one. Set by the Runtime. */
  onWake: () => void;
  private readonly channel: HostChannel;

  /** Joins the cluster of that memory, or makes a new one. Throws a host RangeError if the cluster is full. */
  constructor(memory: SharedArrayBuffer = createClusterMemory([random32(), random32()])) {
    this.cluster = new AgentCluster(memory, (agentId) => this.channel.postMessage(agentId));
    this.onWake = () => {};
    const name = `kataan-agents-${this.cluster.identity}`;
    this.channel = new BroadcastChannel(name) as unknown as HostChannel;
    this.channel.onmessage = ({ data }) => {
      if (data === this.cluster.agentId) this.onWake();
    };
    // A channel alone does not keep a thread alive; its event loop knows what it waits for.
    this.channel.unref?.();
  }

  /** What other threads join by. */
  get memory(): SharedArrayBuffer {
    return this.cluster.memory;
  }

  /** Leaves the cluster: nothing is waited for here any more. */
  close(): void {
    this.cluster.agentEnded(this.cluster.agentId);
    this.channel.close();
  }
}

function random32(): number {
  return Math.floor(Math.random() * 2 ** 32) | 0;
}
