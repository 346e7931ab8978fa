import { BarredSellersReads } from './barred-sellers.query.js';
import { BarredSellers } from './barred-sellers.service.js';
import { IdentityClock } from './identity-clock.js';
import { SellerDesk } from './seller-desk.js';
import { SellerReading } from './seller-reading.service.js';
import { SellersController } from './sellers.controller.js';

export const SELLER_PARTS = {
  controllers: [SellersController],
  providers: [BarredSellers, BarredSellersReads, IdentityClock, SellerDesk, SellerReading],
};
