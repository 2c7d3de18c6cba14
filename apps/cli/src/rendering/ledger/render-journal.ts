/** The vouchers of the book for a terminal. */
import type { Bilingual } from '@gep/kernel';
import type { DeedKind, VoucherRecord } from '@gep/ledger';
import type { Language } from '../../terminal/language';
import { type Head, renderList } from '../listed';

const kinds: Readonly<Record<DeedKind, Bilingual>> = {
  receipt: { zh: '到账', en: 'receipt' },
  settlement: { zh: '结算', en: 'settlement' },
  purchase: { zh: '采购', en: 'purchase' },
  dividend: { zh: '分红', en: 'dividend' },
  payment: { zh: '支付', en: 'payment' },
  adjustment: { zh: '调整', en: 'adjustment' },
  clawback: { zh: '追回', en: 'clawback' },
  transfer: { zh: '调剂', en: 'transfer' },
  'write-off': { zh: '核销', en: 'write-off' },
  reversal: { zh: '冲销', en: 'reversal' },
};
const heads: readonly Head[] = [
  { zh: '日期', en: 'Day' },
  { zh: '种类', en: 'Kind' },
  { zh: '摘要', en: 'Memo', most: 44 },
  { zh: '业务键', en: 'Key', most: 40 },
  { zh: '所关、冲销', en: 'About, reversed', most: 36 },
  { zh: '分录', en: 'Lines', numeric: true },
  { zh: '编号', en: 'Id' },
];
const none: Bilingual = {
  zh: '没有这样的凭证（到账：gep fund receive；其余随结算、合同、分红产生）',
  en: 'there is no such voucher (gep fund receive makes one; others come with settlements, contracts and dividends)',
};
/** A key that holds an id is for programs: its memo says by code what it is about. */
const keySaid = (businessKey: string): string =>
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-/.test(businessKey) ? '' : businessKey;

export function renderJournal(vouchers: readonly VoucherRecord[], language: Language): string {
  const reversed = { zh: '冲销于 ', en: 'reversed by ' }[language];
  const rows = vouchers.map((one) => [
    ...[one.effectiveDate, kinds[one.kind][language], one.memo, keySaid(one.businessKey)],
    [one.aboutDate ?? one.reverses ?? one.aboutVoucher ?? '', one.reversedBy === null ? '' : reversed + one.reversedBy]
      .filter(Boolean)
      .join(' '),
    ...[String(one.postingCount), one.id],
  ]);
  return renderList(language, heads, rows, none);
}
