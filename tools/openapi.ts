/** Writes openapi.json at the root of the repository from the routes of the API; needs no database and no settings. */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openApiText } from '../apps/api/src/application.main';

/** The root, from the sources as well as from the build. */
const root = resolve(__dirname, __filename.endsWith('.ts') ? '..' : '../..');

openApiText()
  .then((text) => writeFileSync(resolve(root, 'openapi.json'), text))
  .catch((error: Error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  });
