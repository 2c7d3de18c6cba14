/** Log lines: valid JSON, Nest's ways of calling, and planted secrets that must not come out. */
import { createLogger } from './logger.service';
import { scrubSecrets } from './scrub';

const linesOf = (work: (logger: ReturnType<typeof createLogger>) => void, logLevel: 'info' | 'trace' = 'info') => {
  const lines: string[] = [];
  work(createLogger({ logLevel }, { write: (line) => void lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

describe('the logger', () => {
  it('takes messages, contexts, stacks, errors and facts', () => {
    const lines = linesOf((logger) => {
      logger.log('started', 'Bootstrap');
      logger.error('failed', 'Error: failed\n    at x (y.ts:1:1)', 'Jobs');
      logger.error(new Error('plain'));
      logger.warn({ jobId: '7' }, 'slow');
      logger.child({ request: 'r1' }).log('served');
      logger.debug('not shown');
    });
    expect(lines).toMatchObject([
      { level: 'info', msg: 'started', context: 'Bootstrap' },
      { level: 'error', msg: 'failed', context: 'Jobs', stack: expect.stringContaining('y.ts:1:1') },
      { level: 'error', msg: 'plain', err: { message: 'plain', type: 'Error' } },
      { level: 'warn', msg: 'slow', jobId: '7' },
      { level: 'info', msg: 'served', request: 'r1' },
    ]);
  });

  it('lets no planted secret out', () => {
    const canary = 'c4n4ry"\\secret';
    const lines = linesOf((logger) => {
      logger.log({ user: { password: canary, refreshToken: canary, name: 'kept' } }, 'login');
      logger.log({ headers: { authorization: `Bearer c4n4ryc4n4ry`, 'set-cookie': ['a=c4n4ry', 'b'] } }, 'request');
      logger.error(new Error('connect to postgres://gep_app:c4n4ry@h:5432/gep failed'));
      logger.log('token eyJhbGciOiJIUzI1NiJ9.c4n4ryc4n4ry.sig');
      logger.log({ secret: 12345, GEP_SECRET: 'c4n4ry' });
    });
    expect(JSON.stringify(lines)).not.toMatch(/c4n4ry|12345/);
    expect(lines[0]).toMatchObject({ user: { password: '***', name: 'kept' } });
    expect(lines[2]).toMatchObject({ msg: 'connect to postgres://gep_app:***@h:5432/gep failed' });
  });

  it('keeps harmless text', () => {
    const line = '{"msg":"http://127.0.0.1:3000/a@b","area":"1.5"}';
    expect(scrubSecrets(line)).toBe(line);
  });

  it('keeps line breaks of others from forging lines', () => {
    const lines = linesOf((logger) => logger.log('name\n{"level":"info","msg":"forged"}'));
    expect(lines).toHaveLength(1);
  });
});
