/** The book on the real database: what is posted balances, stays as it is, is corrected by what comes after, and is sealed. */
import { randomUUID } from 'node:crypto';
import {
  BalanceInsufficient,
  BookAccountRefused,
  listReservations,
  listVouchers,
  ReservationRefused,
  stateOf,
  verifyBook,
  VoucherDiffers,
  VoucherRefused,
} from '@gep/ledger';
import { verifyAuditChain } from '@gep/platform';
import { Client } from 'pg';
import { testActor } from '../fixtures/test-database';
import { approver, basis, county, LedgerTest, payer, preparer } from './ledger-setup';

let book: LedgerTest;
let superuser: Client;
beforeAll(async () => {
  book = await LedgerTest.start();
  await book.openFund('eco', { province: [2025, 100_000n] });
  superuser = new Client({ connectionString: book.test.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await book.close();
});
afterEach(async () => {
  const { broken } = await book.test.db.snapshot(preparer, (tx) => verifyBook(tx));
  expect(broken).toBeUndefined();
});

const voucher = async (id: string) =>
  (await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { ids: [id] })))[0];
const reservation = async (id: string) =>
  (await book.test.db.snapshot(preparer, (tx) => listReservations(tx, { ids: [id] })))[0];

describe('a voucher', () => {
  it('is posted once per business key, and its answer repeated', async () => {
    const draft = await book.settlement('eco', 'once', 'village-a', 500n);
    const key = randomUUID();
    const first = await book.ledger.post(payer, draft, key);
    expect(await book.ledger.post(payer, draft, key)).toEqual({ id: first.id, replayed: true });
    expect(await book.post(draft, preparer)).toEqual({ id: first.id, replayed: true });
    const other = await book.settlement('eco', 'once', 'village-a', 501n);
    await expect(book.post(other)).rejects.toThrow(VoucherDiffers);
    expect(await voucher(first.id)).toMatchObject({
      ...{ businessKey: 'once', kind: 'settlement', territoryPath: county, actorId: 'payer', reversedBy: null },
      postings: draft.postings,
    });
    await book.undo(first.id);
  });

  it('is refused with everything that is wrong with it, and leaves nothing behind', async () => {
    const draft = await book.settlement('eco', 'wrong', 'village-a', 500n);
    const [spent, payable] = draft.postings;
    const wrong = { ...payable, party: null, amountFen: -400n, territoryPath: 'CN.980000' };
    const noRule = { ...spent, basis: { ...basis, ruleEdition: null } };
    const refused = await book.post({ ...draft, postings: [noRule, wrong] }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(VoucherRefused);
    expect((refused as VoucherRefused).problems.map(({ posting }) => posting)).toEqual([undefined, 1, 2, 2]);
    const found = await book.test.db.snapshot(preparer, (tx) => listVouchers(tx, { businessKey: 'wrong' }));
    expect(found).toEqual([]);
    for (const more of [{ postings: [spent] }, { memo: ' ' }, { effectiveDate: '2025-02-30' }, { businessKey: 'a b' }])
      await expect(book.post({ ...draft, ...more })).rejects.toThrow(VoucherRefused);
    await expect(book.reserve('eco.source.province', 'a b', 1n)).rejects.toThrow(ReservationRefused);
    const account = { code: 'No', nameZh: '否', nameEn: 'no', signRule: 'debit', territoryPath: county } as const;
    const open = async (more: object) =>
      book.ledger.openAccount(preparer, { ...account, byParty: false, byReservation: true, ...more }, randomUUID());
    for (const more of [{}, { code: 'no', nameZh: '' }, { code: 'no', signRule: 'credit' }])
      await expect(open(more)).rejects.toThrow(BookAccountRefused);
  });

  it('takes no account and no party to the wrong side', async () => {
    await expect(book.post(await book.payment('eco', 'province', 'too-much', ['nobody', 1n]))).rejects.toThrow(
      VoucherRefused,
    );
    const { id } = await book.reserve('eco.source.province', 'hold:nobody', 1n);
    await book.approve(id);
    const unowed = await book.payment('eco', 'province', 'unowed', ['nobody', 1n], id);
    await expect(book.post(unowed)).rejects.toThrow(BalanceInsufficient);
    await book.void(id);
    await expect(book.reserve('eco.source.province', 'hold:all', 100_001n)).rejects.toThrow(BalanceInsufficient);
  });

  it('is in another territory for nobody', async () => {
    const stranger = testActor(['CN.990000.990100.990102'], 'stranger');
    const draft = await book.settlement('eco', 'abroad', 'village-a', 5n);
    await expect(book.post(draft, stranger)).rejects.toThrow();
    expect(await book.test.db.snapshot(stranger, (tx) => listVouchers(tx, {}))).toEqual([]);
  });
});

describe('the database by itself', () => {
  const asOwner = async (sql: string, scope = '{CN}') => {
    const owner = new Client({ connectionString: book.test.ownerUrl });
    await owner.connect();
    try {
      await owner.query(`begin; select set_config('gep.scope', '${scope}', true), set_config('gep.actor', 'x', true)`);
      await owner.query(sql);
      await owner.query('commit');
    } finally {
      await owner.end();
    }
  };
  const head = (postings: number, kind = 'transfer') =>
    `insert into ledger.voucher (territory_path, business_key, kind, effective_date, posting_count, memo, body_digest, actor_name)
     values ('${county}', 'raw-${randomUUID()}', '${kind}', '2025-01-02', ${postings}, 'raw', repeat('a', 64), 'x') returning id`;
  const raw = (amounts: readonly number[], count = amounts.length) => `
    do $$ declare v uuid; begin ${head(count).replace('returning id', 'returning id into v')};
      insert into ledger.posting_basis (voucher_id, basis_no, kind, period, territory_path) values (v, 1, 'transfer', '2025', '${county}');
      insert into ledger.posting (run_no, voucher_id, posting_no, account_id, amount_fen, effective_date, recorded_at, territory_path, basis_no)
        select 0, v, n, (select id from ledger.book_account where code = 'eco.spent'), a, w.effective_date, w.recorded_at, '${county}', 1
        from unnest(array[${amounts.join(',')}]::bigint[]) with ordinality as p (a, n), ledger.voucher w where w.id = v;
    end $$`;

  it.each([
    ['a sum that is not zero', raw([5, -4]), /not balanced/],
    ['postings that are missing', raw([5, -5], 3), /postings are missing/],
    ['a voucher without postings', head(2), /not balanced/],
    [
      'an account on the wrong side',
      raw([-90_000_000, 90_000_000]).replace("'eco.spent'", "case n when 1 then 'eco.spent' else 'eco.returned' end"),
      /wrong side/,
    ],
    ['an update', `update ledger.posting set amount_fen = 1`, /append-only/],
    ['a removal', `delete from ledger.voucher`, /append-only/],
    ['an emptying', `truncate ledger.posting`, /append-only/],
    ['an emptying of a part', `truncate ledger.posting_single`, /append-only/],
    ['a seal of its own', `update ledger.voucher_seal set hash = repeat('0', 64)`, /append-only/],
    ['another end', `update ledger.reservation_step set amount_fen = 1`, /append-only/],
  ])('refuses %s, even to the owner', async (_what, sql, message) => {
    await expect(asOwner(sql)).rejects.toThrow(message);
  });

  it('lets the application write nothing but rows', async () => {
    const { rows } = await superuser.query<{ what: string }>(
      `select table_name || ' ' || privilege_type as what from information_schema.role_table_grants
       where table_schema = 'ledger' and grantee = 'gep_app' and privilege_type not in ('SELECT', 'INSERT')
       union select table_name || ' ' || privilege_type from information_schema.column_privileges
       where table_schema = 'ledger' and grantee = 'gep_app' and privilege_type not in ('SELECT', 'INSERT')`,
    );
    expect(rows).toEqual([]);
    const write = (sql: string) => book.test.db.transaction(preparer, (tx) => tx.query(sql));
    await expect(
      write(`insert into ledger.balance (account_id, territory_path) values (gen_random_uuid(), 'CN')`),
    ).rejects.toThrow(/permission/);
    await expect(
      write(`insert into ledger.voucher_seal values (1, gen_random_uuid(), '', '', '', '')`),
    ).rejects.toThrow(/permission/);
    await expect(write(`select ledger.take_postings(0, gen_random_uuid())`)).rejects.toThrow(/permission/);
  });

  it('adds nothing to a voucher of an earlier transaction', async () => {
    const { id } = await book.post(await book.settlement('eco', 'earlier', 'village-a', 500n));
    await expect(
      asOwner(`insert into ledger.posting select run_no, -amount_fen, recorded_at, posting_no + 2, effective_date, basis_no, voucher_id,
        account_id, party, territory_path from ledger.posting where voucher_id = '${id}'`),
    ).rejects.toThrow(/in one transaction/);
    await book.undo(id);
  });
});

describe('a reservation', () => {
  it('goes from reserved to approved to posted in parts, and the rest is released', async () => {
    await book.post(await book.settlement('eco', 'settle:parts', 'village-p', 1000n));
    const before = await book.balance('eco.source.province');
    const { id } = await book.reserve('eco.source.province', 'hold:parts', 1000n);
    expect(stateOf(await reservation(id))).toBe('reserved');
    const part = await book.payment('eco', 'province', 'part-1', ['village-p', 300n], id);
    await expect(book.post(part)).rejects.toThrow(ReservationRefused);
    await expect(book.approve(id, 600n, preparer)).rejects.toThrow(/three persons/);
    await book.approve(id, 600n);
    await expect(book.post(part, approver)).rejects.toThrow(/three persons/);
    await book.post(part);
    expect(stateOf(await reservation(id))).toBe('approved');
    const more = await book.payment('eco', 'province', 'part-2', ['village-p', 301n], id);
    await expect(book.post(more)).rejects.toThrow(ReservationRefused);
    const twice = await book.payment('eco', 'province', 'part-2', ['village-p', 300n], id, id);
    await expect(book.post({ ...twice, businessKey: 'twice' })).rejects.toThrow(ReservationRefused);
    await book.post(await book.payment('eco', 'province', 'part-2', ['village-p', 300n], id));
    expect(await book.balance('eco.source.province')).toEqual({
      postedFen: before.postedFen - 600n,
      reservedFen: before.reservedFen + 400n,
    });
    await book.void(id);
    expect(stateOf(await reservation(id))).toBe('void');
    expect((await book.balance('eco.source.province')).reservedFen).toBe(before.reservedFen);
    await expect(book.void(id)).rejects.toThrow(ReservationRefused);
  });

  it('is made once per business key', async () => {
    const expiry = new Date(Date.now() + 3_600_000);
    const first = await book.reserve('eco.source.province', 'hold:same', 5n, expiry);
    expect(await book.reserve('eco.source.province', 'hold:same', 5n, expiry)).toEqual({
      id: first.id,
      replayed: true,
    });
    await expect(book.reserve('eco.source.province', 'hold:same', 6n, expiry)).rejects.toThrow(ReservationRefused);
    await book.void(first.id);
  });

  it('expires when its time has come, not before, and pays nothing afterwards', async () => {
    const before = await book.balance('eco.source.province');
    await book.post(await book.settlement('eco', 'settle:late', 'village-l', 10n));
    const { id } = await book.reserve('eco.source.province', 'hold:late', 10n, new Date(Date.now() + 700));
    await book.approve(id);
    expect(await book.ledger.expireReservations(payer)).toBe(0);
    await new Promise((done) => setTimeout(done, 750));
    await expect(book.post(await book.payment('eco', 'province', 'late', ['village-l', 10n], id))).rejects.toThrow(
      /expired at/,
    );
    expect((await book.balance('eco.source.province')).reservedFen).toBe(before.reservedFen + 10n);
    expect(await book.ledger.expireReservations(payer)).toBe(1);
    expect(await book.balance('eco.source.province')).toEqual(before);
    expect(stateOf(await reservation(id))).toBe('expired');
  });
});

it('leaves a whole audit trail, and a chain in which every alteration shows', async () => {
  const audit = await book.test.db.snapshot(preparer, (tx) => verifyAuditChain(tx));
  expect(audit.broken).toBeUndefined();
  const { head } = await book.test.db.snapshot(preparer, (tx) => verifyBook(tx));
  const verdictAfter = async (sql: string) => {
    await superuser.query('begin; set local session_replication_role = replica');
    await superuser.query(sql);
    await superuser.query('commit');
    return book.test.db.snapshot(preparer, (tx) => verifyBook(tx, { noted: head }));
  };
  const last = `(select voucher_id from ledger.voucher_seal order by seq desc limit 1)`;
  const changes: [string, string, string][] = [
    [
      'update ledger.posting set amount_fen = amount_fen * 2 where voucher_id = @',
      'update ledger.posting set amount_fen = amount_fen / 2 where voucher_id = @',
      'altered-voucher',
    ],
    [
      `update ledger.voucher set memo = memo || '!' where id = @`,
      `update ledger.voucher set memo = rtrim(memo, '!') where id = @`,
      'altered-voucher',
    ],
    [
      `update ledger.posting_basis set agreement = 'other' where voucher_id = @`,
      `update ledger.posting_basis set agreement = 'agreement-1' where voucher_id = @`,
      'altered-voucher',
    ],
    [
      `update ledger.voucher_seal set at = at || 'Z' where voucher_id = @`,
      `update ledger.voucher_seal set at = rtrim(at, 'Z') || 'Z' where voucher_id = @`,
      'altered-seal',
    ],
    [
      `update ledger.voucher_seal set seq = seq + 1 where voucher_id = @`,
      `update ledger.voucher_seal set seq = seq - 1 where voucher_id = @`,
      'seal-missing',
    ],
  ];
  for (const [change, back, reason] of changes) {
    expect((await verdictAfter(change.replace('@', last))).broken?.reason).toBe(reason);
    expect((await verdictAfter(back.replace('@', last))).broken).toBeUndefined();
  }
  await superuser.query(`create temp table kept as select * from ledger.voucher_seal where voucher_id = ${last}`);
  const cut = await verdictAfter(`delete from ledger.voucher_seal where voucher_id in (select voucher_id from kept)`);
  expect(cut.broken).toMatchObject({ reason: 'seal-missing' });
  await verdictAfter('insert into ledger.voucher_seal select * from kept');
});
