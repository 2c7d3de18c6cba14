/** Looks before anything is started whether the API will be able to listen where the settings say. */
import net from 'node:net';
import { PlaceImpossible, PlaceTaken } from './errors';

/**
 * @param port the one that was asked for; undefined when any free one will do
 * @throws PlaceTaken, PlaceImpossible
 */
export function assertCanListen(host: string, port: number | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', ({ code, message }: NodeJS.ErrnoException) =>
      reject(code === 'EADDRINUSE' ? new PlaceTaken(host, port ?? 0) : new PlaceImpossible(host, port ?? 0, message)),
    );
    probe.listen(port ?? 0, host, () => probe.close(() => resolve()));
  });
}
