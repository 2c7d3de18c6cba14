/** Postings of a run in the binary form of COPY, block by block. */
import type { RunDraft } from './run-postings';

/** Columns in the order of the rows. */
export const copiedColumns = [
  ...['run_no', 'amount_fen', 'recorded_at', 'posting_no', 'effective_date', 'basis_no'],
  ...['voucher_id', 'account_id', 'party', 'territory_path'],
];

const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const ending = Buffer.from([0xff, 0xff]);
const epochMs = Date.UTC(2000, 0, 1);
const blockBytes = 1 << 20;
const bytesOfUuid = 16;
/** All of a row but its party and territory, which are at most 400 bytes and as long as a path may be. */
const fixedBytes = 128;

/** @param voucher what the database gave the voucher of the run */
export function* postingRows(
  { accounts, territories, effectiveDate, postings }: RunDraft,
  voucher: { readonly id: string; readonly recordedAt: Date; readonly runNo: string },
): Generator<Buffer> {
  const uuid = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');
  const accountBytes = accounts.map(uuid);
  // The binary form of an ltree is the number of its format and then its text.
  const territoryBytes = territories.map((path) => Buffer.from(`\x01${path}`, 'latin1'));
  const head = Buffer.alloc(12 + 12);
  const voucherBytes = uuid(voucher.id);
  const day = (Date.parse(`${effectiveDate}T00:00:00Z`) - epochMs) / 86_400_000;
  const micros = BigInt(voucher.recordedAt.getTime() - epochMs) * 1000n;
  head.writeInt32BE(8, 0);
  head.writeBigInt64BE(BigInt(voucher.runNo), 4);
  head.writeInt32BE(8, 12);
  head.writeBigInt64BE(micros, 16);
  const longest = Math.max(...territoryBytes.map(({ length }) => length));
  const { accountAt, territoryAt, basisAt, parties, amountsFen } = postings;

  let block = Buffer.allocUnsafe(blockBytes);
  let at = signature.copy(block);
  for (let row = 0; row < amountsFen.length; row++) {
    const party = parties[row];
    if (at + fixedBytes + longest + (party === null ? 0 : party.length * 3) > blockBytes) {
      yield block.subarray(0, at);
      block = Buffer.allocUnsafe(blockBytes);
      at = 0;
    }
    at = block.writeInt16BE(copiedColumns.length, at);
    at += head.copy(block, at, 0, 12);
    at = block.writeInt32BE(8, at);
    at = block.writeBigInt64BE(amountsFen[row], at);
    at += head.copy(block, at, 12);
    at = block.writeInt32BE(4, at);
    at = block.writeInt32BE(row + 1, at);
    at = block.writeInt32BE(4, at);
    at = block.writeInt32BE(day, at);
    at = block.writeInt32BE(2, at);
    at = block.writeInt16BE(basisAt[row] + 1, at);
    at = block.writeInt32BE(bytesOfUuid, at);
    at += voucherBytes.copy(block, at);
    at = block.writeInt32BE(bytesOfUuid, at);
    at += accountBytes[accountAt[row]].copy(block, at);
    if (party === null) at = block.writeInt32BE(-1, at);
    else {
      const length = block.write(party, at + 4);
      block.writeInt32BE(length, at);
      at += 4 + length;
    }
    const territory = territoryBytes[territoryAt[row]];
    at = block.writeInt32BE(territory.length, at);
    at += territory.copy(block, at);
  }
  yield block.subarray(0, at);
  yield ending;
}
