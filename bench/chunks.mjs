/** How long do patches take out of PostgreSQL, as Arrow chunks through the services, beside PostgreSQL's own best SQL over rows? */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchNorm, lib, program } from './built.mjs';
import { loopByHand } from './by-hand.mjs';
import { compareCells, race, report } from './measure.mjs';
import { countyCode, inventParcels, types } from './parcels.mjs';
import { numbersOf, statements } from './peer-sql.mjs';
import { cellsOfRows, loadParcels, processorTime } from './postgres.mjs';
import { cellsOfAccounts, observePeriods, roundedLike } from './price.mjs';
import { compileServices } from './service-cells.mjs';

const question = 'Patches out of PostgreSQL: Arrow chunks through the services beside its own SQL over rows of doubles';

const pathOf = (territory) => `CN.${territory}`;

/** Puts the chunks where imports put them. */
async function loadChunks(client, norm, parcels) {
  const { chunkDigest, encodeChunk, observationDigest } = lib('observation');
  const batch = await client.query(
    `insert into observation.batch (file_digest, outcome_digest, repetition, file_name, format, norm_id, norm_edition,
       status, counts, problems, imported_by, imported_by_name, covering_path)
     values ('bench', 'bench', 1, 'bench.csv', 'csv', $1, $2, 'accepted', '{}', '[]', 'bench', 'bench', 'CN') returning id`,
    [norm.id, norm.edition],
  );
  for (const { territory, period, chunks } of observePeriods(parcels)) {
    const digest = chunkDigest(chunks[0]);
    const bytes = encodeChunk(chunks[0]);
    await client.query(
      `insert into observation.chunk (batch_id, norm_id, territory_code, territory_path, period, patches, refused_rows,
         chunk_digest, digest, statistics, bytes) values ($1, $2, $3, $4, $5, $6, 0, $7, $8, '[]', $9)`,
      [
        ...[batch.rows[0].id, norm.id, territory, pathOf(territory), period, chunks[0].rows, digest],
        ...[observationDigest({ chunks: [digest], statistics: [] }), Buffer.from(bytes)],
      ],
    );
  }
  await client.query('vacuum (analyze) observation.chunk');
}

function ourVariants(db, norm, parcels, expected) {
  const { AccountComputer, computeAccount } = lib('accounting');
  const { currentObservations, decodeChunk } = lib('observation');
  const { Arena, reducePartials, runKernel } = lib('formula');
  const actor = { id: 'bench', name: 'bench', scope: ['CN'] };
  const territories = Array.from({ length: parcels.counties }, (_, county) => countyCode(county));
  const of = { period: '2024', normId: norm.id, territories };
  // As a batch does: what the last one had is given back, so that its memory is used again.
  const arena = Arena.open();
  const readInto = (roomFor) => db.snapshot(actor, (tx) => currentObservations(tx, of, roomFor));
  const read = () => {
    arena.empty();
    return readInto((bytes) => arena.take(bytes));
  };
  const services = compileServices(norm);
  const numbers = async () => {
    const cells = new Float64Array(parcels.counties * types.length * 22);
    (await read()).forEach(({ chunks }, county) => {
      const decoded = chunks.map(({ bytes }) => decodeChunk(bytes));
      services.fill(cells, county, reducePartials(services.plan, [runKernel(services.plan, decoded)]));
    });
    return cells;
  };
  const periodOf = ({ territory, statistics, digest }) => ({
    ...{ territory, period: '2024', places: [territory, 'CN'], statistics, digest },
  });
  const accounts = async () =>
    (await read()).map((found) =>
      computeAccount(norm, { ...periodOf(found), chunks: found.chunks.map(({ bytes }) => decodeChunk(bytes)) }),
    );
  const computer = new AccountComputer(2);
  const texts = { edition: norm.edition, files: norm.files, units: norm.units.definitions };
  const inRoom = async (roomFor) => {
    const observed = (await readInto(roomFor)).map((found) => {
      const chunks = found.chunks.map(({ bytes }) => bytes);
      return { ...periodOf(found), chunks, sources: found.chunks, kept: null };
    });
    return computer.compute(texts, observed);
  };
  const inThreads = async () => {
    return (await computer.lendRoom(inRoom)).map(({ account, refusal }) => {
      if (refusal) throw new Error(JSON.stringify(refusal));
      return account;
    });
  };
  const cells = (make) => async () => roundedLike(cellsOfAccounts(await make(), norm), expected);
  return [
    { name: 'ours, chunks to numbers, 1 thread', run: numbers, read: numbers },
    { name: 'ours, chunks read and nothing else', run: read },
    { name: 'ours, chunks to whole accounts, 1 thread', run: accounts, read: cells(accounts) },
    { name: 'ours, chunks to whole accounts, 2 threads', run: inThreads, read: cells(inThreads) },
  ];
}

function peerVariants(client, sql, counties) {
  const modes = [
    ['1 process', 'factored', 0, 'off'],
    ['1 process, compiled', 'factored', 0, 'on'],
    ['2 processes', 'factored', 1, 'off'],
    ['2 processes, compiled', 'factored', 1, 'on'],
    ['2 processes', 'naive', 1, 'off'],
  ];
  return modes.map(([words, kind, workers, jit]) => {
    const run = async () => {
      await client.query(`set max_parallel_workers_per_gather = ${workers}; set jit = ${jit}; set work_mem = '64MB'`);
      return client.query({ text: sql[kind], rowMode: 'array' });
    };
    return {
      name: `PostgreSQL, ${kind} SQL, ${words}`,
      run,
      read: async () => cellsOfRows((await run()).rows, counties),
    };
  });
}

export async function chunks({ rows = 1_000_000, counties = 3000, rounds = 5 }) {
  const { migrate, openDatabase, readConfig, startEmbeddedPostgres } = lib('platform');
  const norm = await benchNorm();
  const parcels = inventParcels(rows, counties);
  const expected = loopByHand(parcels, numbersOf(norm));
  const dataDir = mkdtempSync(join(tmpdir(), 'gep-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, test: true });
  try {
    await migrate(server.ownerUrl, { redis: true });
    const client = new (program('pg').Client)({ connectionString: server.superuserUrl });
    // When something fails, the server is stopped first; what failed is what is shown.
    client.on('error', () => undefined);
    await client.connect();
    const sql = statements('postgres', numbersOf(norm));
    await loadParcels(client, parcels, sql);
    await loadChunks(client, norm, parcels);
    const config = readConfig({ DATABASE_URL: server.appUrl, GEP_SECRET: 'bench'.repeat(8), NODE_ENV: 'test' });
    const db = await openDatabase(config, { poolSize: 2 });
    const cpu = () => processorTime(server.pid);
    const variants = [...ourVariants(db, norm, parcels, expected), ...peerVariants(client, sql, counties)].map(
      (variant) => ({ ...variant, cpu }),
    );
    let worst = 0;
    for (const { name, read } of variants) {
      if (read) worst = Math.max(worst, compareCells(name, await read(), expected));
    }
    const times = await race(variants, rounds);
    const setting = { rows, counties, types: types.length, services: 11 };
    report(`chunks-${rows}-${counties}`, { question, setting, variants, times, worst, reference: variants[0].name });
    await Promise.all([db.close(), client.end()]);
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
