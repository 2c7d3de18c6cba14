/** The voucher that a file gives: accounts by code, territories by code, amounts in fen as text. */
import { deedKinds, type DeedKind } from '@gep/ledger';
import { VoucherFileUnreadable } from '../errors';

export interface VoucherFilePosting {
  readonly account: string;
  readonly party: string | null;
  readonly amountFen: bigint;
  /** That of the voucher when absent. */
  readonly territory: string | null;
  readonly ruleEdition: string | null;
  readonly vintage: string | null;
  readonly agreement: string | null;
  readonly period: string | null;
}

export interface VoucherFile {
  readonly businessKey: string;
  readonly kind: Exclude<DeedKind, 'reversal'>;
  readonly effectiveDate: string;
  readonly territory: string;
  readonly memo: string;
  readonly about: string | null;
  readonly postings: readonly VoucherFilePosting[];
}

type Json = Readonly<Record<string, unknown>>;

/** @throws VoucherFileUnreadable */
export function parseVoucherFile(file: string, text: string): VoucherFile {
  const refuse = (field: string): VoucherFileUnreadable => new VoucherFileUnreadable(file, field);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw refuse('JSON');
  }
  if (typeof read !== 'object' || read === null) throw refuse('JSON');
  const whole = read as Json;
  const textOf = (of: Json, name: string, at = ''): string => {
    const value = of[name];
    if (typeof value === 'string' && value !== '') return value;
    throw refuse(`${at}${name}`);
  };
  const maybe = (of: Json, name: string, at = ''): string | null =>
    of[name] === undefined || of[name] === null ? null : textOf(of, name, at);
  const kind = textOf(whole, 'kind');
  if (!(deedKinds as readonly string[]).includes(kind) || kind === 'reversal') throw refuse('kind');
  const effectiveDate = textOf(whole, 'effectiveDate');
  if (!/^\d{4}-\d\d-\d\d$/.test(effectiveDate) || Number.isNaN(Date.parse(effectiveDate)))
    throw refuse('effectiveDate');
  const about = maybe(whole, 'about');
  for (const [name, id] of Object.entries({ about })) if (id !== null && !isUuid(id)) throw refuse(name);
  if (!Array.isArray(whole.postings)) throw refuse('postings');
  return {
    ...{ businessKey: textOf(whole, 'businessKey'), kind: kind as VoucherFile['kind'], effectiveDate, about },
    ...{ territory: textOf(whole, 'territory'), memo: textOf(whole, 'memo') },
    postings: (whole.postings as unknown[]).map((row, index) => {
      const at = `postings[${index}].`;
      if (typeof row !== 'object' || row === null) throw refuse(at);
      const posting = row as Json;
      const fen = textOf(posting, 'amountFen', at);
      if (!/^-?\d{1,18}$/.test(fen)) throw refuse(`${at}amountFen`);
      const vintage = maybe(posting, 'vintage', at);
      if (vintage !== null && !isUuid(vintage)) throw refuse(`${at}vintage`);
      return {
        ...{
          account: textOf(posting, 'account', at),
          party: maybe(posting, 'party', at),
          amountFen: BigInt(fen),
          vintage,
        },
        ...{ territory: maybe(posting, 'territory', at), ruleEdition: maybe(posting, 'ruleEdition', at) },
        ...{ agreement: maybe(posting, 'agreement', at), period: maybe(posting, 'period', at) },
      };
    }),
  };
}

/** True of an id as the database gives them. */
export const isUuid = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
