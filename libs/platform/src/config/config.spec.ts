/** Settings: defaults, every problem at once, and no secret in a refusal. */
import { readConfig } from './config';
import { ConfigRefused } from './errors';

const problemsOf = (env: Record<string, string>, needed: Parameters<typeof readConfig>[1] = []) => {
  try {
    readConfig(env, needed);
  } catch (error) {
    if (error instanceof ConfigRefused) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('readConfig', () => {
  it('fills in defaults and takes empty values as absent', () => {
    const config = readConfig({ GEP_PORT: '', GEP_HOST: '0.0.0.0', PATH: '/bin' });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 3000, logLevel: 'info', dataDir: '.data' });
    expect(config.publicUrl).toBe('http://0.0.0.0:3000');
    expect(config.databaseUrl).toBeUndefined();
  });

  it('names every problem at once', () => {
    const refusal = problemsOf(
      { GEP_PORT: '70000', GEP_LOG_LEVEL: 'loud', REDIS_URL: 'localhost:6379', GEP_PROT: '1', GEP_ZZZZZZZZZZ: '1' },
      ['DATABASE_URL'],
    );
    expect(refusal.problems.map(({ key }) => key)).toEqual([
      'GEP_PROT',
      'GEP_ZZZZZZZZZZ',
      'DATABASE_URL',
      'REDIS_URL',
      'GEP_PORT',
      'GEP_LOG_LEVEL',
    ]);
    expect(refusal.message).toContain('GEP_PROT there is no such setting; did you mean GEP_PORT?');
    expect(refusal.problems[1]!.text.en).toBe('there is no such setting');
  });

  it('does not repeat values, which may be secrets', () => {
    const refusal = problemsOf({ GEP_SECRET: 'hunter2', DATABASE_URL: 'mysql://root:hunter2@h/d' });
    expect(refusal.problems).toHaveLength(2);
    expect(JSON.stringify([refusal.text, refusal.facts])).not.toContain('hunter2');
  });

  it('refuses one database user for owner and application', () => {
    const refusal = problemsOf({ DATABASE_URL: 'postgres://a:x@h/d', DATABASE_OWNER_URL: 'postgres://a:y@h/d' });
    expect(refusal.problems.map(({ key }) => key)).toEqual(['DATABASE_OWNER_URL']);
  });

  it('leaves the variables of the tests alone', () => {
    expect(readConfig({ GEP_TEST_SEED: '7' }).port).toBe(3000);
  });
});
