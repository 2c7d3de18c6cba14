/** Binds the server to a port, or to the next free one. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Ports tried after the first. */
const tries = 50;

/**
 * The server is bound directly: Nest would log every taken port as an error.
 * @param options.orNext when the port is taken, try the ones after it
 * @returns the port that is listened on
 */
export async function listen(
  server: Server,
  host: string,
  port: number,
  options: { orNext: boolean },
): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    try {
      server.listen(candidate, host);
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const taken = (error as { code?: string }).code === 'EADDRINUSE';
      if (!taken || !options.orNext || candidate >= port + tries) throw error;
    }
  }
}
