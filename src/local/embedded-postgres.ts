import { PlainSentence } from '../platform/plain-sentence.js';
import { clusterIn, type Cluster } from './embedded-postgres.cluster.js';
import { livingServer, pause } from './embedded-postgres.process.js';
import { addressOf, answers, launch, PassingTrouble } from './embedded-postgres.server.js';

/** What is wanted of the embedded server. */
export interface EmbeddedOptions {
  /** The data directory; made when missing. */
  dir: string;
  /** The port to listen on at 127.0.0.1; any free one when not given. A server that runs already keeps its own. */
  port?: number;
  /** Whether committed data outlives a crash of the machine (the default); tests do without, and are faster. */
  durable?: boolean;
  /** Further server settings, such as `max_connections=50`. */
  flags?: readonly string[];
}

/** A running PostgreSQL server. */
export interface EmbeddedPostgres {
  /** The address of a database on it; of `postgres` when none is named. */
  url(database?: string): string;
  port: number;
  /** Whether another process started it: then it also ends with that process. */
  adopted: boolean;
  /** Shuts the server down, and waits until it is; leaves an adopted one running. */
  stop(): Promise<void>;
}

// A server that is going up after a crash, or down with many sessions, settles within this.
const LONGEST_WAIT_MS = 60_000;
const ATTEMPTS = 5;

function adoption(cluster: Cluster, port: number): EmbeddedPostgres {
  return { ...described(cluster, port), adopted: true, stop: () => Promise.resolve() };
}

function described(cluster: Cluster, port: number): Pick<EmbeddedPostgres, 'port' | 'url'> {
  return { port, url: (database = 'postgres') => addressOf(cluster, port, database) };
}

/** The server another process runs on the directory, once it is ready; undefined when there is none. */
async function running(cluster: Cluster): Promise<EmbeddedPostgres | undefined> {
  const until = Date.now() + LONGEST_WAIT_MS;
  let server = livingServer(cluster.dir);
  for (; server && Date.now() < until; server = livingServer(cluster.dir)) {
    if (server.status === 'ready' && (await answers(cluster, server.port))) return adoption(cluster, server.port);
    await pause(50);
  }
  if (!server) return undefined;
  throw new PlainSentence(
    `A PostgreSQL server (process ${server.pid}) already runs on ${cluster.dir} and does not let this program in: ` +
      `stop it with "kill -INT ${server.pid}", and start again.`,
  );
}

/**
 * Starts the bundled PostgreSQL on a data directory, or adopts the server that already runs on it.
 *
 * The server listens on 127.0.0.1 only and ends with this process, however this process ends. Two processes may start
 * at once on one directory: one server comes up, and both use it.
 * @throws PlainSentence when something stands in the way that a person can mend; the message says how.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { dir, port, durable = true, flags = [] } = options;
  const cluster = await clusterIn(dir, durable);
  for (let attempt = 1; ; attempt++) {
    const found = await running(cluster);
    if (found) return found;
    try {
      const own = await launch(cluster, { port, durable, flags });
      return { ...described(cluster, own.port), adopted: false, stop: () => own.stop() };
    } catch (trouble) {
      if (!(trouble instanceof PassingTrouble) || attempt === ATTEMPTS) throw trouble;
      await pause(300);
    }
  }
}
