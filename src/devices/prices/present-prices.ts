/** SQL of what SKU `s` costs at present, one price a currency, as a JSON list. */
export const PRESENT_PRICES = `coalesce((
  select jsonb_agg(jsonb_build_object('id', p.id, 'currency', p.currency, 'amountMinor', p.amount_minor,
                                      'downPaymentMinor', p.down_payment_minor, 'months', p.months) order by p.currency)
  from (select distinct on (currency) * from price
        where sku_id = s.id and effective_from <= statement_timestamp()
        order by currency, effective_from desc) p), '[]')`;
