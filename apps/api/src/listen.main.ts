/** Binds the server to a port, or to the next free one. */
import type { NestExpressApplication } from '@nestjs/platform-express';

/** Ports tried after the first. */
const tries = 50;

/**
 * @param options.orNext when the port is taken, try the ones after it
 * @returns the port that is listened on
 */
export async function listen(
  app: NestExpressApplication,
  host: string,
  port: number,
  options: { orNext: boolean },
): Promise<number> {
  for (let candidate = port; ; candidate += 1) {
    try {
      await app.listen(candidate, host);
      const address = app.getHttpServer().address() as { port: number };
      return address.port;
    } catch (error) {
      const taken = (error as { code?: string }).code === 'EADDRINUSE';
      if (!taken || !options.orNext || candidate >= port + tries) throw error;
    }
  }
}
