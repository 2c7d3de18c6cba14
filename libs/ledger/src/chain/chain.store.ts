/** Follows the whole chain of seals, voucher by voucher and posting by posting. */
import { digestOf } from '@gep/kernel';
import type { EntityManager } from 'typeorm';
import {
  type BookHead,
  type ChainVerdict,
  contentHash,
  emptyBook,
  followSeal,
  postingsInBlock,
  type SealedContent,
  type VoucherSeal,
} from './voucher-chain';

const sealsAtOnce = 500;
const mostLinesAtOnce = 40 * postingsInBlock;

/** From where to where the chain is followed. */
export interface ChainPart {
  /** A head up to which it was followed before; the beginning when absent. */
  readonly from?: BookHead;
  /** A head that was noted outside of the database; only with it can seals cut off at the end be noticed. */
  readonly noted?: BookHead;
  /** Asked after every few hundred seals; true ends it early. */
  readonly isEnough?: () => boolean;
}

/** Run it in a snapshot with the root as scope: vouchers out of sight would count as altered. */
export async function verifyBook(tx: EntityManager, part: ChainPart = {}): Promise<ChainVerdict> {
  const { from = emptyBook, noted, isEnough = () => false } = part;
  let head = from;
  let notedSeen = !noted || noted.seals === 0;
  for (;;) {
    if (isEnough()) return { head, more: true };
    const sealed = await readSealed(tx, head.seals);
    const lines = await readLines(tx, sealed);
    for (const { seal, content } of sealed) {
      const hash = content ? contentHash(content, lines.get(content.id) ?? '') : '';
      const next = followSeal(head, seal, hash);
      if ('reason' in next) return { head, broken: next };
      head = next;
      if (head.seals !== noted?.seals) continue;
      if (head.hash !== noted.hash) return { head, broken: { seq: head.seals, reason: 'head-differs' } };
      notedSeen = true;
    }
    if (sealed.length === sealsAtOnce) continue;
    return notedSeen ? { head } : { head, broken: { seq: head.seals + 1, reason: 'seal-missing' } };
  }
}

interface Sealed {
  readonly seal: VoucherSeal;
  readonly content: SealedContent | null;
}

async function readSealed(tx: EntityManager, afterSeq: number): Promise<Sealed[]> {
  const rows = await tx.query<(VoucherSeal & SealedContent)[]>(
    `select s.seq, s.voucher_id as "voucherId", s.at, s.content_hash as "contentHash", s.prev_hash as "prevHash", s.hash,
       v.id, v.territory_path::text as "territoryPath", v.business_key as "businessKey", v.kind,
       v.effective_date as "effectiveDate", v.about_date as "aboutDate", v.reverses, v.about_voucher as "aboutVoucher",
       v.run_no as "runNo", v.posting_count as "postingCount", v.memo, v.body_digest as "bodyDigest", v.actor_id as "actorId",
       v.actor_name as "actorName", v.recorded_at as "recordedAt",
       (select coalesce(json_agg(json_build_array(basis_no::text, rule_edition, vintage_id, agreement, period, territory_path::text)
          order by basis_no), '[]') from ledger.posting_basis b where b.voucher_id = v.id) as bases
     from ledger.voucher_seal s left join ledger.voucher v on v.id = s.voucher_id
     where s.seq > $1 order by s.seq limit ${sealsAtOnce}`,
    [afterSeq],
  );
  return rows.map((row) => ({ seal: row, content: (row.id as string | null) === null ? null : row }));
}

/** Digests of the blocks of postings by voucher; a run is read piece by piece. */
async function readLines(tx: EntityManager, sealed: readonly Sealed[]): Promise<Map<string, string>> {
  const vouchers = sealed.flatMap(({ content }) => content ?? []);
  const lines = new Map<string, string>();
  for (const { id, runNo } of vouchers.filter((voucher) => voucher.runNo !== '0')) {
    for (let from = 1, read = mostLinesAtOnce; read === mostLinesAtOnce; from += mostLinesAtOnce) {
      const rows = await readRows(tx, [id], runNo, [from, from + mostLinesAtOnce]);
      read = rows.length;
      lines.set(id, (lines.get(id) ?? '') + blocksOf(rows.map(({ line }) => line)));
    }
  }
  const single = vouchers.filter(({ runNo }) => runNo === '0').map(({ id }) => id);
  const byVoucher = new Map<string, string[]>();
  for (const { voucher, line } of await readRows(tx, single, '0', [1, 2_147_483_647])) {
    const list = byVoucher.get(voucher) ?? [];
    list.push(line);
    byVoucher.set(voucher, list);
  }
  for (const [id, list] of byVoucher) lines.set(id, blocksOf(list));
  return lines;
}

function blocksOf(lines: readonly string[]): string {
  let blocks = '';
  for (let from = 0; from < lines.length; from += postingsInBlock)
    blocks += digestOf(lines.slice(from, from + postingsInBlock).join('\n'));
  return blocks;
}

function readRows(
  tx: EntityManager,
  vouchers: readonly string[],
  runNo: string,
  [from, until]: readonly [number, number],
): Promise<{ voucher: string; line: string }[]> {
  return tx.query(
    `select voucher_id as voucher, concat_ws('|', posting_no, account_id, amount_fen, coalesce(party, ''), territory_path::text,
       basis_no) as line
     from ledger.posting where run_no = $2 and voucher_id = any ($1) and posting_no >= $3 and posting_no < $4
     order by voucher_id, posting_no`,
    [vouchers, runNo, from, until],
  );
}

/** The last seal as it stands, for noting it outside of the database. */
export async function findBookHead(tx: EntityManager): Promise<BookHead> {
  const [last] = await tx.query<{ seals: string; hash: string }[]>(
    'select seq as seals, hash from ledger.voucher_seal order by seq desc limit 1',
  );
  return last ? { seals: Number(last.seals), hash: last.hash } : emptyBook;
}
