import { BulkStockController } from './bulk-stock.controller.js';
import { BulkStockQuery } from './bulk-stock.query.js';
import { BulkStockActs } from './bulk-stock.service.js';

export const BULK_STOCK_PARTS = {
  controllers: [BulkStockController],
  providers: [BulkStockActs, BulkStockQuery],
};
