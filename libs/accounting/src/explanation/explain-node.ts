/** A step of an explanation: what a figure is, how it comes about, and what it is made of. Plain JSON. */
import type { ExactTrace, ParameterValue } from '@gep/formula';
import type { Bilingual, Evidence, Fraction } from '@gep/kernel';
import type { AccountLine, ChildDivision } from '../account/account';

export type ExplainKind =
  /** Money that is added up. */
  | 'total'
  | 'category'
  | 'service'
  | 'line'
  /** The same line in the account of a child territory. */
  | 'child'
  /** A declared flow by which a line takes back what two accounts below count. */
  | 'flow'
  /** What a line is multiplied of. */
  | 'quantity'
  | 'price'
  | 'gamma'
  | 'conversion'
  /** In a part of a year: a rate of the year, and the share of the year that the period is. */
  | 'rate'
  | 'share'
  /** A sum over many patches, and a part of it: coefficient × base sum. */
  | 'sum'
  | 'part'
  /** What was observed. */
  | 'patch'
  | 'statistic'
  /** A value of the norm that stood in for an absent attribute. */
  | 'standIn'
  /** A quantity before rules, what rules take away or hold it against, and a service that is not counted. */
  | 'supplied'
  | 'deduction'
  | 'imports'
  | 'cap'
  | 'users'
  | 'excluded';

export interface ExplainNode {
  readonly kind: ExplainKind;
  /** Code of the category, service, type, parameter or territory; the label of a patch. */
  readonly code: string;
  readonly name?: Bilingual;
  /** Decimal text; money in yuan. */
  readonly value: string;
  readonly unit: string;
  /** How the value comes about, in words. */
  readonly text?: Bilingual;
  /** What attests a parameter, and which of its dated values was used. */
  readonly evidence?: Evidence;
  readonly from?: string;
  readonly type?: string;
  readonly place?: string;
  /** Where an observed value was read. */
  readonly source?: { readonly batch?: string; readonly sheet: string; readonly row: number };
  /** Which account of a child this is. */
  readonly account?: { readonly territory: string; readonly digest: string };
  /** By which splits a part of that account came in; absent where all of it did. */
  readonly division?: readonly ChildDivision[];
  /** The formula with every step in 40-digit decimals. */
  readonly trace?: ExactTrace;
  /** The parts shown, when there are more. */
  readonly page?: { readonly total: number; readonly offset: number; readonly shown: number };
  readonly children: readonly ExplainNode[];
}

/** What of an account is explained. Everything may be left out: then the whole account is. */
export interface ExplainSelection {
  readonly service?: string;
  /** Null selects lines without a type. */
  readonly type?: string | null;
  readonly item?: string;
  /** Only this patch: its name, or `sheet:row`. */
  readonly patch?: string;
  /** First patch (or child) shown, counted from 0. */
  readonly offset?: number;
  /** Most patches (or children) shown of each line; 20 when absent. */
  readonly limit?: number;
}

export const defaultExplainLimit = 20;

/** Where an observed value was read, as one text. */
export const placeText = ({ batch, sheet, row }: NonNullable<ExplainNode['source']>): string =>
  `${batch === undefined ? '' : `${batch} `}${sheet}:${row}`;

/** What attests a parameter, and which of its values was used. */
export function attestedBy(found: ParameterValue): Pick<ExplainNode, 'evidence' | 'from' | 'type' | 'place'> {
  const { evidence, from, type, place } = found;
  return { evidence, from, ...(type !== undefined && { type }), ...(place !== undefined && { place }) };
}

/** The factor from quantity × price to yuan. */
export function conversionNode(scale: Fraction, line: AccountLine): ExplainNode {
  const unit = `yuan/(${line.unit}*${line.priceUnit})`;
  return { kind: 'conversion', code: 'yuan', value: scale.toExactText(), unit, children: [] };
}
