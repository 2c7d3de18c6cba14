/** SQL of days that were agreed and not set by law: until when money is used, and when instalments are due. */
import type { EntityManager } from 'typeorm';

export interface AgreedDay {
  /** Of an instalment: the first open one of its purchase and number. */
  readonly no: number | null;
  /** Id of the contract; code of the market purchase. */
  readonly subjectId: string;
  /** ltree text. */
  readonly territoryPath: string;
  readonly startedOn: string;
  readonly dueOn: string;
}

/** Contracts that were paid and are not closed, by the day until which the money is used. */
export function listSpendByDays(tx: EntityManager, within: string | null): Promise<AgreedDay[]> {
  return tx.query(
    `select null as no, t.id::text as "subjectId", t.territory_path::text as "territoryPath",
       max(d.on_day) filter (where d.act = 'pay') as "startedOn", (t.terms ->> 'spendBy')::date as "dueOn"
     from procurement.contract t join procurement.contract_deed d on d.contract_id = t.id
     where $1::ltree is null or t.territory_path <@ $1::ltree
     group by t.id having bool_or(d.act = 'pay') and not bool_or(d.act = 'close')
     order by 5, 2`,
    [within],
  );
}

/** Instalments that are not received in full: those due before a day, and of each purchase the next one. */
export function listOpenInstalments(tx: EntityManager, within: string | null, before: string): Promise<AgreedDay[]> {
  return tx.query(
    `select no, code as "subjectId", territory_path as "territoryPath", signed_on as "startedOn", due_on as "dueOn"
     from (
       select i.instalment_no as no, p.code, p.territory_path::text, p.signed_on, i.due_on,
         row_number() over (partition by p.id, i.due_on < $2::date order by i.instalment_no) as place
       from procurement.market_instalment i join procurement.market_purchase p on p.id = i.purchase_id
       where ($1::ltree is null or p.territory_path <@ $1::ltree)
         and i.amount_fen > (select coalesce(sum(r.amount_fen), 0) from procurement.market_receipt r
           where r.purchase_id = i.purchase_id and r.instalment_no = i.instalment_no)
     ) as open
     where due_on < $2::date or place = 1
     order by due_on, code, no`,
    [within, before],
  );
}
