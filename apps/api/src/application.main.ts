/** Puts the web application together, with or without listening: the process, the tests and the OpenAPI generator use it. */
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ApiModule, type ApiParts } from './api.module';
import { describeApi, serveDescription } from './description/openapi.module';
import { isNear } from './operations/direct.guard';
import { ProblemFilter } from './problem/problem.filter';
import { RequestChecks } from './request/request-checks.service';
import { requestMiddleware } from './request/request.middleware';
import { securityMiddleware } from './request/security.middleware';
import { RequestMetrics } from './operations/request-metrics.service';
import { staticFilesFolder } from './operations/static-files.loader';

/** Bodies of JSON; files have their own limit. */
const jsonLimit = '256kb';
/** Requests still open this long after the stop are cut off. */
const drainMilliseconds = 1_200;

/** The application, ready to listen. */
export async function createApplication(parts: ApiParts): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(parts), {
    logger: parts.log,
    bodyParser: false,
    abortOnError: false,
  });
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('trust proxy', trustedProxy(parts.config.publicUrl));
  app.set('query parser', 'simple');
  app.use(requestMiddleware(app.get(RequestMetrics), parts.log), securityMiddleware());
  app.useStaticAssets(staticFilesFolder(), { extensions: ['html'], redirect: false });
  app.useBodyParser('json', { limit: jsonLimit });
  app.useGlobalPipes(new RequestChecks());
  app.useGlobalFilters(new ProblemFilter(parts.log));
  serveDescription(app);
  await app.init();
  const server = app.getHttpServer();
  const close = app.close.bind(app);
  app.close = async () => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMilliseconds);
    await close().finally(() => clearTimeout(cut));
  };
  return app;
}

/**
 * Whose word on the caller's address is taken. We speak no TLS, so https is spoken by one proxy before us, which is
 * beside us; whoever else connects is believed nothing, or each could choose an address to be counted under.
 */
function trustedProxy(publicUrl: string): string | ((address: string, hop: number) => boolean) {
  return publicUrl.startsWith('https:') ? (address, hop) => hop === 0 && isNear(address) : 'loopback';
}

/** The text of openapi.json, from an application with nothing behind it: no handler runs, its routes are described. */
export async function openApiText(): Promise<string> {
  const app = await NestFactory.create<NestExpressApplication>(ApiModule.with(undefined), {
    preview: true,
    logger: false,
  });
  try {
    return `${JSON.stringify(describeApi(app), undefined, 2)}\n`;
  } finally {
    await app.close();
  }
}
