/** What the author of a norm wrote, after the schema has passed it: every scalar as text. */
import type { Bilingual } from '@gep/kernel';
import type {
  Beneficiary,
  ExclusiveGroup,
  NegativeRule,
  PriceClass,
  ServiceSwitch,
  ServiceUse,
  Spread,
  Valuation,
} from './norm';

/** A whole norm, its files joined. */
export interface RawNorm {
  id: string;
  title: Bilingual;
  status: 'usable' | 'skeleton';
  basis: Bilingual[];
  citations?: { id: string; text: string }[];
  currency: 'yuan';
  ecosystemTypes: { code: string; name: Bilingual; hj1166: string; aliases?: string[] }[];
  attributes: RawAttribute[];
  products?: RawProduct[];
  series?: RawSeries[];
  parameters: RawParameter[];
  groups: { code: string; name: Bilingual }[];
  formulas: {
    code: string;
    scope: 'patch' | 'type' | 'product' | 'day' | 'territory';
    unit: string;
    name: Bilingual;
    expression: string;
  }[];
  services: RawService[];
  extends?: string;
  place?: string;
  switches?: ServiceSwitch[];
  exclusive?: ExclusiveGroup[];
  incomplete?: Bilingual[];
}
export interface RawAttribute {
  code: string;
  unit: string;
  name: Bilingual;
  aliases?: string[];
  required?: 'true' | 'false';
  min?: string;
  max?: string;
  fallback?: string;
}
export interface RawSeries {
  code: string;
  unit: string;
  name: Bilingual;
  aliases?: string[];
  min?: string;
  max?: string;
  mostMissing?: string;
}
export interface RawProduct {
  code: string;
  name: Bilingual;
  aliases?: string[];
  unit: string;
  /** Absent: yuan for one of it. */
  priceUnit?: string;
  class: string;
  type?: string;
}
export interface RawParameter {
  code: string;
  symbol?: string;
  name: Bilingual;
  unit: string;
  priceClass?: PriceClass;
  values: RawParameterValue[];
}
export interface RawParameterValue {
  value: string;
  from: string;
  type?: string;
  types?: string[];
  place?: string;
  grade: 'published' | 'solved' | 'unverified';
  source: string;
  note?: Bilingual;
  priceYear?: string;
  region?: string;
  index?: string;
  low?: string;
  high?: string;
  distribution?: Spread['distribution'];
}
export interface RawService {
  code: string;
  category: 'provisioning' | 'regulating' | 'cultural';
  group: string;
  name: Bilingual;
  seea?: string;
  types?: string[];
  quantity: string | { products?: string; measured?: string };
  price: { parameter?: string; formula?: string; product?: 'price' };
  gamma: string;
  note?: Bilingual;
  abiotic?: 'true' | 'false';
  intermediate?: 'true' | 'false';
  valuation?: Valuation;
  gammaBasis?: Bilingual;
  negative?: NegativeRule;
  use?: Partial<ServiceUse>;
  imports?: string;
  beneficiaries?: (Omit<Beneficiary, 'share'> & { share: string })[];
}
