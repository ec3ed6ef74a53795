-- A database of schema 12: schema-1.sql brought up by hailong 0.1's init. Never to be
-- changed.
BEGIN TRANSACTION;
CREATE TABLE answer (
	id BYTEA PRIMARY KEY,        -- UUID made by the sender
	day BIGINT NOT NULL,         -- local day of answered_at: its period
	unit TEXT NOT NULL,          -- the desk's unit that day
	desk TEXT NOT NULL,
	field TEXT NOT NULL,         -- '' when nobody knows
	channel TEXT NOT NULL,       -- kiosk, web, sms, api, paper
	form TEXT NOT NULL,
	form_version BIGINT NOT NULL,
	scores TEXT NOT NULL,        -- "overall=5 attitude=4 feedback=-" (- n/a)
	reasons TEXT NOT NULL,       -- codes, separated by a blank
	flags TEXT NOT NULL,         -- the sender's and ours (late, ahead)
	lang TEXT NOT NULL,
	assisted TEXT NOT NULL,      -- none, staff, relative
	device TEXT NOT NULL,        -- '' for the web form
	seq BIGINT NOT NULL,         -- the device's own counter, 0: none
	answered_at BIGINT NOT NULL, -- the sender's clock
	zone BIGINT NOT NULL,        -- minutes east of UTC, as the sender said
	received_at BIGINT NOT NULL, -- our clock
	digest BYTEA NOT NULL,       -- of all the sender said: repeat or conflict
	aside BIGINT NOT NULL,       -- 1: not counted (a person or rule, a reason)
	sample BIGINT NOT NULL       -- 1: made by the command "sample"
, dossier TEXT NOT NULL DEFAULT '', matter BIGINT NOT NULL DEFAULT 0, doubt BIGINT NOT NULL DEFAULT 0)          WITHOUT ROWID  ;
INSERT INTO answer VALUES(X'00000000000000000000000000000000',20000,'22969','LH1','','kiosk','one-stop',1,'overall=1 attitude=1','','late','vi','none','',1,1795140000000,420,1795140001000,X'01010101010101010101010101010101',0,0,'',1,1);
INSERT INTO answer VALUES(X'01818d0f000000000000000051000000',20001,'22969','LH1','','kiosk','one-stop',1,'overall=2 attitude=2','','','vi','none','',82,1795140000081,420,1795140001081,X'38383838383838383838383838383838',0,0,'',0,0);
INSERT INTO answer VALUES(X'0453bc06000000000000000044000000',20001,'22969','PRC1','','web','one-stop',1,'overall=4 attitude=4','','','vi','none','',69,1795140000068,420,1795140001068,X'dddddddddddddddddddddddddddddddd',0,0,'',0,0);
INSERT INTO answer VALUES(X'0725ebfd000000000000000037000000',20001,'22969','LH2','','kiosk','one-stop',1,'overall=1 attitude=2','','late','vi','none','',56,1795140000055,420,1795140001055,X'82828282828282828282828282828282',0,0,'',0,1);
INSERT INTO answer VALUES(X'0af719f500000000000000002a000000',20000,'22969','LH1','','sms','one-stop',1,'overall=3 attitude=4','','','vi','none','',43,1795140000042,420,1795140001042,X'27272727272727272727272727272727',0,0,'',0,0);
INSERT INTO answer VALUES(X'0dc948ec00000000000000001d000000',20000,'22969','PRC1','','kiosk','one-stop',1,'overall=5 attitude=1','','','vi','none','',30,1795140000029,420,1795140001029,X'cccccccccccccccccccccccccccccccc',0,0,'',0,0);
INSERT INTO answer VALUES(X'109b77e3000000000000000010000000',20000,'22969','LH2','','sms','one-stop',1,'overall=2 attitude=4','','','vi','none','',17,1795140000016,420,1795140001016,X'71717171717171717171717171717171',0,0,'',1,0);
INSERT INTO answer VALUES(X'111c05f3000000000000000061000000',20001,'22969','LH2','','sms','one-stop',1,'overall=3 attitude=5','','','vi','none','',98,1795140000097,420,1795140001097,X'a8a8a8a8a8a8a8a8a8a8a8a8a8a8a8a8',0,0,'',0,0);
INSERT INTO answer VALUES(X'136da6da000000000000000003000000',20000,'22969','LH1','','web','one-stop',1,'overall=4 attitude=1','','','vi','none','',4,1795140000003,420,1795140001003,X'16161616161616161616161616161616',0,0,'',0,0);
INSERT INTO answer VALUES(X'14ee33ea000000000000000054000000',20001,'22969','LH1','','web','one-stop',1,'overall=5 attitude=2','','','vi','none','',85,1795140000084,420,1795140001084,X'4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d4d',0,0,'',0,0);
INSERT INTO answer VALUES(X'17c062e1000000000000000047000000',20001,'22969','PRC1','','sms','one-stop',1,'overall=2 attitude=5','','','vi','none','',72,1795140000071,420,1795140001071,X'f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2f2',0,0,'',0,0);
INSERT INTO answer VALUES(X'1a9291d800000000000000003a000000',20001,'22969','LH2','','web','one-stop',1,'overall=4 attitude=2','','','vi','none','',59,1795140000058,420,1795140001058,X'97979797979797979797979797979797',0,0,'',0,0);
INSERT INTO answer VALUES(X'1d64c0cf00000000000000002d000000',20000,'22969','LH1','','kiosk','one-stop',1,'overall=1 attitude=5','','','vi','none','',46,1795140000045,420,1795140001045,X'3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c',0,0,'',0,0);
INSERT INTO answer VALUES(X'2036efc6000000000000000020000000',20000,'22969','PRC1','','web','one-stop',1,'overall=3 attitude=2','','','vi','none','',33,1795140000032,420,1795140001032,X'e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1e1',0,0,'',0,0);
INSERT INTO answer VALUES(X'23081ebe000000000000000013000000',20000,'22969','LH2','','kiosk','one-stop',1,'overall=5 attitude=4','','','vi','none','',20,1795140000019,420,1795140001019,X'86868686868686868686868686868686',0,0,'',0,0);
INSERT INTO answer VALUES(X'26da4cb5000000000000000006000000',20000,'22969','LH1','','sms','one-stop',1,'overall=2 attitude=2','','','vi','none','',7,1795140000006,420,1795140001006,X'2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b',0,0,'',0,0);
INSERT INTO answer VALUES(X'275bdac4000000000000000057000000',20001,'22969','LH1','','sms','one-stop',1,'overall=3 attitude=3','','','vi','none','',88,1795140000087,420,1795140001087,X'62626262626262626262626262626262',0,0,'',0,0);
INSERT INTO answer VALUES(X'2a2d09bc00000000000000004a000000',20001,'22969','PRC1','','kiosk','one-stop',1,'overall=5 attitude=5','','','vi','none','',75,1795140000074,420,1795140001074,X'07070707070707070707070707070707',0,0,'',0,0);
INSERT INTO answer VALUES(X'2dff37b300000000000000003d000000',20001,'22969','LH2','','sms','one-stop',1,'overall=2 attitude=3','','','vi','none','',62,1795140000061,420,1795140001061,X'acacacacacacacacacacacacacacacac',0,0,'',0,0);
INSERT INTO answer VALUES(X'30d166aa000000000000000030000000',20000,'22969','LH1','','web','one-stop',1,'overall=4 attitude=5','','','vi','none','',49,1795140000048,420,1795140001048,X'51515151515151515151515151515151',0,0,'',0,0);
INSERT INTO answer VALUES(X'33a395a1000000000000000023000000',20000,'22969','PRC1','','sms','one-stop',1,'overall=1 attitude=3','','','vi','none','',36,1795140000035,420,1795140001035,X'f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6f6',0,0,'',0,0);
INSERT INTO answer VALUES(X'3675c498000000000000000016000000',20000,'22969','LH2','','web','one-stop',1,'overall=3 attitude=5','','late','vi','none','',23,1795140000022,420,1795140001022,X'9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b9b',0,0,'',0,1);
INSERT INTO answer VALUES(X'3947f38f000000000000000009000000',20000,'22969','LH1','','kiosk','one-stop',1,'overall=5 attitude=2','','','vi','none','',10,1795140000009,420,1795140001009,X'40404040404040404040404040404040',0,0,'',0,0);
INSERT INTO answer VALUES(X'3ac8809f00000000000000005a000000',20001,'22969','LH1','','kiosk','one-stop',1,'overall=1 attitude=4','','','vi','none','',91,1795140000090,420,1795140001090,X'77777777777777777777777777777777',0,0,'',0,0);
INSERT INTO answer VALUES(X'3d9aaf9600000000000000004d000000',20001,'22969','PRC1','','web','one-stop',1,'overall=3 attitude=1','','late','vi','none','',78,1795140000077,420,1795140001077,X'1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c',0,0,'',0,1);
INSERT INTO answer VALUES(X'406cde8d000000000000000040000000',20001,'22969','LH2','','kiosk','one-stop',1,'overall=5 attitude=3','','','vi','none','',65,1795140000064,420,1795140001064,X'c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1',0,0,'',0,0);
INSERT INTO answer VALUES(X'433e0d85000000000000000033000000',20001,'22969','LH1','','sms','one-stop',1,'overall=2 attitude=1','','','vi','none','',52,1795140000051,420,1795140001051,X'66666666666666666666666666666666',0,0,'',0,0);
INSERT INTO answer VALUES(X'46103c7c000000000000000026000000',20000,'22969','PRC1','','kiosk','one-stop',1,'overall=4 attitude=3','','','vi','none','',39,1795140000038,420,1795140001038,X'0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b',0,0,'',0,0);
INSERT INTO answer VALUES(X'49e26a73000000000000000019000000',20000,'22969','LH2','','sms','one-stop',1,'overall=1 attitude=1','','','vi','none','',26,1795140000025,420,1795140001025,X'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0',0,0,'',0,0);
INSERT INTO answer VALUES(X'4cb4996a00000000000000000c000000',20000,'22969','LH1','','web','one-stop',1,'overall=3 attitude=3','','','vi','none','',13,1795140000012,420,1795140001012,X'55555555555555555555555555555555',0,0,'',0,0);
INSERT INTO answer VALUES(X'4d35277a00000000000000005d000000',20001,'22969','LH1','','web','one-stop',1,'overall=4 attitude=4','','','vi','none','',94,1795140000093,420,1795140001093,X'8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c',0,0,'',0,0);
INSERT INTO answer VALUES(X'50075671000000000000000050000000',20001,'22969','PRC1','','sms','one-stop',1,'overall=1 attitude=2','','','vi','none','',81,1795140000080,420,1795140001080,X'31313131313131313131313131313131',0,0,'',1,0);
INSERT INTO answer VALUES(X'53d98468000000000000000043000000',20001,'22969','LH2','','web','one-stop',1,'overall=3 attitude=4','','','vi','none','',68,1795140000067,420,1795140001067,X'd6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6',0,0,'',0,0);
INSERT INTO answer VALUES(X'56abb35f000000000000000036000000',20001,'22969','LH1','','kiosk','one-stop',1,'overall=5 attitude=1','','','vi','none','',55,1795140000054,420,1795140001054,X'7b7b7b7b7b7b7b7b7b7b7b7b7b7b7b7b',0,0,'',0,0);
INSERT INTO answer VALUES(X'597de256000000000000000029000000',20000,'22969','PRC1','','web','one-stop',1,'overall=2 attitude=4','','','vi','none','',42,1795140000041,420,1795140001041,X'20202020202020202020202020202020',0,0,'',0,0);
INSERT INTO answer VALUES(X'5c4f114e00000000000000001c000000',20000,'22969','LH2','','kiosk','one-stop',1,'overall=4 attitude=1','','','vi','none','',29,1795140000028,420,1795140001028,X'c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5',0,0,'',0,0);
INSERT INTO answer VALUES(X'5f21404500000000000000000f000000',20000,'22969','LH1','','sms','one-stop',1,'overall=1 attitude=4','','','vi','none','',16,1795140000015,420,1795140001015,X'6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a6a',0,0,'',0,0);
INSERT INTO answer VALUES(X'60a2cd54000000000000000060000000',20001,'22969','LH1','','sms','one-stop',1,'overall=2 attitude=5','','','vi','none','',97,1795140000096,420,1795140001096,X'a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1',0,0,'',1,0);
INSERT INTO answer VALUES(X'62f36e3c000000000000000002000000',20000,'22969','PRC1','','kiosk','one-stop',1,'overall=3 attitude=1','','','vi','none','',3,1795140000002,420,1795140001002,X'0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f',0,0,'',0,0);
INSERT INTO answer VALUES(X'6374fc4b000000000000000053000000',20001,'22969','PRC1','','kiosk','one-stop',1,'overall=4 attitude=2','','','vi','none','',84,1795140000083,420,1795140001083,X'46464646464646464646464646464646',0,0,'',0,0);
INSERT INTO answer VALUES(X'66462b43000000000000000046000000',20001,'22969','LH2','','sms','one-stop',1,'overall=1 attitude=5','','','vi','none','',71,1795140000070,420,1795140001070,X'ebebebebebebebebebebebebebebebeb',0,0,'',0,0);
INSERT INTO answer VALUES(X'69185a3a000000000000000039000000',20001,'22969','LH1','','web','one-stop',1,'overall=3 attitude=2','','','vi','none','',58,1795140000057,420,1795140001057,X'90909090909090909090909090909090',0,0,'',0,0);
INSERT INTO answer VALUES(X'6cea883100000000000000002c000000',20000,'22969','PRC1','','sms','one-stop',1,'overall=5 attitude=4','','late','vi','none','',45,1795140000044,420,1795140001044,X'35353535353535353535353535353535',0,0,'',0,1);
INSERT INTO answer VALUES(X'6fbcb72800000000000000001f000000',20000,'22969','LH2','','web','one-stop',1,'overall=2 attitude=2','','','vi','none','',32,1795140000031,420,1795140001031,X'dadadadadadadadadadadadadadadada',0,0,'',0,0);
INSERT INTO answer VALUES(X'728ee61f000000000000000012000000',20000,'22969','LH1','','kiosk','one-stop',1,'overall=4 attitude=4','','','vi','none','',19,1795140000018,420,1795140001018,X'7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f',0,0,'',0,0);
INSERT INTO answer VALUES(X'730f742f000000000000000063000000',20001,'22969','LH1','','kiosk','one-stop',1,'overall=5 attitude=5','','late','vi','none','',100,1795140000099,420,1795140001099,X'b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6b6',0,0,'',0,1);
INSERT INTO answer VALUES(X'75601517000000000000000005000000',20000,'22969','PRC1','','web','one-stop',1,'overall=1 attitude=2','','','vi','none','',6,1795140000005,420,1795140001005,X'24242424242424242424242424242424',0,0,'',0,0);
INSERT INTO answer VALUES(X'76e1a226000000000000000056000000',20001,'22969','PRC1','','web','one-stop',1,'overall=2 attitude=3','','','vi','none','',87,1795140000086,420,1795140001086,X'5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b5b',0,0,'',0,0);
INSERT INTO answer VALUES(X'79b3d11d000000000000000049000000',20001,'22969','LH2','','kiosk','one-stop',1,'overall=4 attitude=5','','','vi','none','',74,1795140000073,420,1795140001073,X'00000000000000000000000000000000',0,0,'',0,0);
INSERT INTO answer VALUES(X'7c85001500000000000000003c000000',20001,'22969','LH1','','sms','one-stop',1,'overall=1 attitude=3','','','vi','none','',61,1795140000060,420,1795140001060,X'a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5',0,0,'',1,0);
INSERT INTO answer VALUES(X'7f572f0c00000000000000002f000000',20000,'22969','PRC1','','kiosk','one-stop',1,'overall=3 attitude=5','','','vi','none','',48,1795140000047,420,1795140001047,X'4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a4a',0,0,'',0,0);
INSERT INTO answer VALUES(X'82295e03000000000000000022000000',20000,'22969','LH2','','sms','one-stop',1,'overall=5 attitude=2','','','vi','none','',35,1795140000034,420,1795140001034,X'efefefefefefefefefefefefefefefef',0,0,'',0,0);
INSERT INTO answer VALUES(X'85fb8cfa000000000000000015000000',20000,'22969','LH1','','web','one-stop',1,'overall=2 attitude=5','','','vi','none','',22,1795140000021,420,1795140001021,X'94949494949494949494949494949494',0,0,'',0,0);
INSERT INTO answer VALUES(X'88cdbbf1000000000000000008000000',20000,'22969','PRC1','','sms','one-stop',1,'overall=4 attitude=2','','','vi','none','',9,1795140000008,420,1795140001008,X'39393939393939393939393939393939',0,0,'',0,0);
INSERT INTO answer VALUES(X'894e4901000000000000000059000000',20001,'22969','PRC1','','sms','one-stop',1,'overall=5 attitude=3','','','vi','none','',90,1795140000089,420,1795140001089,X'70707070707070707070707070707070',0,0,'',0,0);
INSERT INTO answer VALUES(X'8c2078f800000000000000004c000000',20001,'22969','LH2','','web','one-stop',1,'overall=2 attitude=1','','','vi','none','',77,1795140000076,420,1795140001076,X'15151515151515151515151515151515',0,0,'',1,0);
INSERT INTO answer VALUES(X'8ff2a6ef00000000000000003f000000',20001,'22969','LH1','','kiosk','one-stop',1,'overall=4 attitude=3','','','vi','none','',64,1795140000063,420,1795140001063,X'babababababababababababababababa',0,0,'',0,0);
INSERT INTO answer VALUES(X'92c4d5e6000000000000000032000000',20001,'22969','PRC1','','web','one-stop',1,'overall=1 attitude=1','','','vi','none','',51,1795140000050,420,1795140001050,X'5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f',0,0,'',0,0);
INSERT INTO answer VALUES(X'959604de000000000000000025000000',20000,'22969','LH2','','kiosk','one-stop',1,'overall=3 attitude=3','','','vi','none','',38,1795140000037,420,1795140001037,X'04040404040404040404040404040404',0,0,'',0,0);
INSERT INTO answer VALUES(X'986833d5000000000000000018000000',20000,'22969','LH1','','sms','one-stop',1,'overall=5 attitude=5','','','vi','none','',25,1795140000024,420,1795140001024,X'a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9',0,0,'',0,0);
INSERT INTO answer VALUES(X'9b3a62cc00000000000000000b000000',20000,'22969','PRC1','','kiosk','one-stop',1,'overall=2 attitude=3','','late','vi','none','',12,1795140000011,420,1795140001011,X'4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e',0,0,'',0,1);
INSERT INTO answer VALUES(X'9cbbefdb00000000000000005c000000',20001,'22969','PRC1','','kiosk','one-stop',1,'overall=3 attitude=4','','','vi','none','',93,1795140000092,420,1795140001092,X'85858585858585858585858585858585',0,0,'',0,0);
INSERT INTO answer VALUES(X'9f8d1ed300000000000000004f000000',20001,'22969','LH2','','sms','one-stop',1,'overall=5 attitude=1','','','vi','none','',80,1795140000079,420,1795140001079,X'2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a',0,0,'',0,0);
INSERT INTO answer VALUES(X'a25f4dca000000000000000042000000',20001,'22969','LH1','','web','one-stop',1,'overall=2 attitude=4','','late','vi','none','',67,1795140000066,420,1795140001066,X'cfcfcfcfcfcfcfcfcfcfcfcfcfcfcfcf',0,0,'',0,1);
INSERT INTO answer VALUES(X'a5317cc1000000000000000035000000',20001,'22969','PRC1','','sms','one-stop',1,'overall=4 attitude=1','','','vi','none','',54,1795140000053,420,1795140001053,X'74747474747474747474747474747474',0,0,'',0,0);
INSERT INTO answer VALUES(X'a803abb8000000000000000028000000',20000,'22969','LH2','','web','one-stop',1,'overall=1 attitude=4','','','vi','none','',41,1795140000040,420,1795140001040,X'19191919191919191919191919191919',0,0,'',1,0);
INSERT INTO answer VALUES(X'abd5d9af00000000000000001b000000',20000,'22969','LH1','','kiosk','one-stop',1,'overall=3 attitude=1','','','vi','none','',28,1795140000027,420,1795140001027,X'bebebebebebebebebebebebebebebebe',0,0,'',0,0);
INSERT INTO answer VALUES(X'aea708a700000000000000000e000000',20000,'22969','PRC1','','web','one-stop',1,'overall=5 attitude=3','','','vi','none','',15,1795140000014,420,1795140001014,X'63636363636363636363636363636363',0,0,'',0,0);
INSERT INTO answer VALUES(X'af2896b600000000000000005f000000',20001,'22969','PRC1','','web','one-stop',1,'overall=1 attitude=5','','','vi','none','',96,1795140000095,420,1795140001095,X'9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a',0,0,'',0,0);
INSERT INTO answer VALUES(X'b179379e000000000000000001000000',20000,'22969','LH2','','kiosk','one-stop',1,'overall=2 attitude=1','','','vi','none','',2,1795140000001,420,1795140001001,X'08080808080808080808080808080808',0,0,'',0,0);
INSERT INTO answer VALUES(X'b2fac4ad000000000000000052000000',20001,'22969','LH2','','kiosk','one-stop',1,'overall=3 attitude=2','','','vi','none','',83,1795140000082,420,1795140001082,X'3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f3f',0,0,'',0,0);
INSERT INTO answer VALUES(X'b5ccf3a4000000000000000045000000',20001,'22969','LH1','','sms','one-stop',1,'overall=5 attitude=4','','','vi','none','',70,1795140000069,420,1795140001069,X'e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4',0,0,'',0,0);
INSERT INTO answer VALUES(X'b89e229c000000000000000038000000',20001,'22969','PRC1','','kiosk','one-stop',1,'overall=2 attitude=2','','','vi','none','',57,1795140000056,420,1795140001056,X'89898989898989898989898989898989',0,0,'',1,0);
INSERT INTO answer VALUES(X'bb70519300000000000000002b000000',20000,'22969','LH2','','sms','one-stop',1,'overall=4 attitude=4','','','vi','none','',44,1795140000043,420,1795140001043,X'2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e2e',0,0,'',0,0);
INSERT INTO answer VALUES(X'be42808a00000000000000001e000000',20000,'22969','LH1','','web','one-stop',1,'overall=1 attitude=2','','','vi','none','',31,1795140000030,420,1795140001030,X'd3d3d3d3d3d3d3d3d3d3d3d3d3d3d3d3',0,0,'',0,0);
INSERT INTO answer VALUES(X'c114af81000000000000000011000000',20000,'22969','PRC1','','sms','one-stop',1,'overall=3 attitude=4','','','vi','none','',18,1795140000017,420,1795140001017,X'78787878787878787878787878787878',0,0,'',0,0);
INSERT INTO answer VALUES(X'c2953c91000000000000000062000000',20001,'22969','PRC1','','sms','one-stop',1,'overall=4 attitude=5','','','vi','none','',99,1795140000098,420,1795140001098,X'afafafafafafafafafafafafafafafaf',0,0,'',0,0);
INSERT INTO answer VALUES(X'c4e6dd78000000000000000004000000',20000,'22969','LH2','','web','one-stop',1,'overall=5 attitude=1','','','vi','none','',5,1795140000004,420,1795140001004,X'1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d',0,0,'',0,0);
INSERT INTO answer VALUES(X'c5676b88000000000000000055000000',20001,'22969','LH2','','web','one-stop',1,'overall=1 attitude=3','','','vi','none','',86,1795140000085,420,1795140001085,X'54545454545454545454545454545454',0,0,'',0,0);
INSERT INTO answer VALUES(X'c8399a7f000000000000000048000000',20001,'22969','LH1','','kiosk','one-stop',1,'overall=3 attitude=5','','','vi','none','',73,1795140000072,420,1795140001072,X'f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9f9',0,0,'',0,0);
INSERT INTO answer VALUES(X'cb0bc97600000000000000003b000000',20001,'22969','PRC1','','web','one-stop',1,'overall=5 attitude=2','','','vi','none','',60,1795140000059,420,1795140001059,X'9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e9e',0,0,'',0,0);
INSERT INTO answer VALUES(X'ceddf76d00000000000000002e000000',20000,'22969','LH2','','kiosk','one-stop',1,'overall=2 attitude=5','','','vi','none','',47,1795140000046,420,1795140001046,X'43434343434343434343434343434343',0,0,'',0,0);
INSERT INTO answer VALUES(X'd1af2665000000000000000021000000',20000,'22969','LH1','','sms','one-stop',1,'overall=4 attitude=2','','late','vi','none','',34,1795140000033,420,1795140001033,X'e8e8e8e8e8e8e8e8e8e8e8e8e8e8e8e8',0,0,'',0,1);
INSERT INTO answer VALUES(X'd481555c000000000000000014000000',20000,'22969','PRC1','','kiosk','one-stop',1,'overall=1 attitude=5','','','vi','none','',21,1795140000020,420,1795140001020,X'8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d8d',0,0,'',1,0);
INSERT INTO answer VALUES(X'd7538453000000000000000007000000',20000,'22969','LH2','','sms','one-stop',1,'overall=3 attitude=2','','','vi','none','',8,1795140000007,420,1795140001007,X'32323232323232323232323232323232',0,0,'',0,0);
INSERT INTO answer VALUES(X'd8d41163000000000000000058000000',20001,'22969','LH2','','sms','one-stop',1,'overall=4 attitude=3','','late','vi','none','',89,1795140000088,420,1795140001088,X'69696969696969696969696969696969',0,0,'',0,1);
INSERT INTO answer VALUES(X'dba6405a00000000000000004b000000',20001,'22969','LH1','','web','one-stop',1,'overall=1 attitude=1','','','vi','none','',76,1795140000075,420,1795140001075,X'0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e',0,0,'',0,0);
INSERT INTO answer VALUES(X'de786f5100000000000000003e000000',20001,'22969','PRC1','','sms','one-stop',1,'overall=3 attitude=3','','','vi','none','',63,1795140000062,420,1795140001062,X'b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3b3',0,0,'',0,0);
INSERT INTO answer VALUES(X'e14a9e48000000000000000031000000',20000,'22969','LH2','','web','one-stop',1,'overall=5 attitude=5','','','vi','none','',50,1795140000049,420,1795140001049,X'58585858585858585858585858585858',0,0,'',0,0);
INSERT INTO answer VALUES(X'e41ccd3f000000000000000024000000',20000,'22969','LH1','','kiosk','one-stop',1,'overall=2 attitude=3','','','vi','none','',37,1795140000036,420,1795140001036,X'fdfdfdfdfdfdfdfdfdfdfdfdfdfdfdfd',0,0,'',1,0);
INSERT INTO answer VALUES(X'e7eefb36000000000000000017000000',20000,'22969','PRC1','','web','one-stop',1,'overall=4 attitude=5','','','vi','none','',24,1795140000023,420,1795140001023,X'a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2',0,0,'',0,0);
INSERT INTO answer VALUES(X'eac02a2e00000000000000000a000000',20000,'22969','LH2','','kiosk','one-stop',1,'overall=1 attitude=3','','','vi','none','',11,1795140000010,420,1795140001010,X'47474747474747474747474747474747',0,0,'',0,0);
INSERT INTO answer VALUES(X'eb41b83d00000000000000005b000000',20001,'22969','LH2','','kiosk','one-stop',1,'overall=2 attitude=4','','','vi','none','',92,1795140000091,420,1795140001091,X'7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e',0,0,'',0,0);
INSERT INTO answer VALUES(X'ee13e73400000000000000004e000000',20001,'22969','LH1','','sms','one-stop',1,'overall=4 attitude=1','','','vi','none','',79,1795140000078,420,1795140001078,X'23232323232323232323232323232323',0,0,'',0,0);
INSERT INTO answer VALUES(X'f1e5152c000000000000000041000000',20001,'22969','PRC1','','kiosk','one-stop',1,'overall=1 attitude=4','','','vi','none','',66,1795140000065,420,1795140001065,X'c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8c8',0,0,'',0,0);
INSERT INTO answer VALUES(X'f4b74423000000000000000034000000',20001,'22969','LH2','','sms','one-stop',1,'overall=3 attitude=1','','','vi','none','',53,1795140000052,420,1795140001052,X'6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d6d',0,0,'',0,0);
INSERT INTO answer VALUES(X'f789731a000000000000000027000000',20000,'22969','LH1','','web','one-stop',1,'overall=5 attitude=3','','','vi','none','',40,1795140000039,420,1795140001039,X'12121212121212121212121212121212',0,0,'',0,0);
INSERT INTO answer VALUES(X'fa5ba21100000000000000001a000000',20000,'22969','PRC1','','sms','one-stop',1,'overall=2 attitude=1','','','vi','none','',27,1795140000026,420,1795140001026,X'b7b7b7b7b7b7b7b7b7b7b7b7b7b7b7b7',0,0,'',0,0);
INSERT INTO answer VALUES(X'fd2dd10800000000000000000d000000',20000,'22969','LH2','','web','one-stop',1,'overall=4 attitude=3','','','vi','none','',14,1795140000013,420,1795140001013,X'5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c5c',0,0,'',0,0);
INSERT INTO answer VALUES(X'feae5e1800000000000000005e000000',20001,'22969','LH2','','web','one-stop',1,'overall=5 attitude=4','','','vi','none','',95,1795140000094,420,1795140001094,X'93939393939393939393939393939393',0,0,'',0,0);
CREATE TABLE desk (
	code TEXT PRIMARY KEY,       -- LH1, as texted by citizens
	unit TEXT NOT NULL REFERENCES unit (code),
	name TEXT NOT NULL,
	place BIGINT NOT NULL
);
INSERT INTO desk VALUES('TP1','595','Bộ phận Một cửa UBND huyện Tuy Phong',0);
INSERT INTO desk VALUES('TPD1','595','Quầy Đất đai, Bộ phận Một cửa huyện Tuy Phong',1);
INSERT INTO desk VALUES('TPX1','595','Quầy Xây dựng, Bộ phận Một cửa huyện Tuy Phong',2);
INSERT INTO desk VALUES('TPT1','595','Quầy Đầu tư, Bộ phận Một cửa huyện Tuy Phong',3);
INSERT INTO desk VALUES('LH1','22969','Bộ phận Một cửa UBND thị trấn Liên Hương',4);
INSERT INTO desk VALUES('PRC1','22972','Bộ phận Một cửa UBND thị trấn Phan Rí Cửa',5);
INSERT INTO desk VALUES('PD1','22975','Bộ phận Một cửa UBND xã Phan Dũng',6);
INSERT INTO desk VALUES('PP1','22978','Bộ phận Một cửa UBND xã Phong Phú',7);
INSERT INTO desk VALUES('VH1','22981','Bộ phận Một cửa UBND xã Vĩnh Hảo',8);
INSERT INTO desk VALUES('VT1','22984','Bộ phận Một cửa UBND xã Vĩnh Tân',9);
INSERT INTO desk VALUES('PL1','22987','Bộ phận Một cửa UBND xã Phú Lạc',10);
INSERT INTO desk VALUES('PT1','22990','Bộ phận Một cửa UBND xã Phước Thể',11);
INSERT INTO desk VALUES('HM1','22993','Bộ phận Một cửa UBND xã Hòa Minh',12);
INSERT INTO desk VALUES('CC1','22996','Bộ phận Một cửa UBND xã Chí Công',13);
INSERT INTO desk VALUES('BT1','22999','Bộ phận Một cửa UBND xã Bình Thạnh',14);
CREATE TABLE desk_field (
	desk TEXT NOT NULL REFERENCES desk (code),
	field TEXT NOT NULL REFERENCES field (code),
	place BIGINT NOT NULL,
	PRIMARY KEY (desk, field)
);
INSERT INTO desk_field VALUES('TP1','dat-dai',0);
INSERT INTO desk_field VALUES('TP1','xay-dung',1);
INSERT INTO desk_field VALUES('TP1','dau-tu',2);
INSERT INTO desk_field VALUES('TP1','ho-kinh-doanh',3);
INSERT INTO desk_field VALUES('TP1','chung-thuc',4);
INSERT INTO desk_field VALUES('TP1','ho-tich',5);
INSERT INTO desk_field VALUES('TP1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('TP1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('TP1','pho-bien-phap-luat',8);
INSERT INTO desk_field VALUES('TP1','boi-thuong-nha-nuoc',9);
INSERT INTO desk_field VALUES('TP1','hop-tac-xa',10);
INSERT INTO desk_field VALUES('TP1','to-hop-tac',11);
INSERT INTO desk_field VALUES('TP1','dau-thau',12);
INSERT INTO desk_field VALUES('TP1','luu-thong-hang-hoa',13);
INSERT INTO desk_field VALUES('TP1','kinh-doanh-khi',14);
INSERT INTO desk_field VALUES('TP1','bao-tro-xa-hoi',15);
INSERT INTO desk_field VALUES('TP1','nguoi-co-cong',16);
INSERT INTO desk_field VALUES('TP1','tre-em',17);
INSERT INTO desk_field VALUES('TP1','lao-dong',18);
INSERT INTO desk_field VALUES('TP1','te-nan-xa-hoi',19);
INSERT INTO desk_field VALUES('TP1','do-dac',20);
INSERT INTO desk_field VALUES('TP1','moi-truong',21);
INSERT INTO desk_field VALUES('TP1','tai-nguyen-nuoc',22);
INSERT INTO desk_field VALUES('TP1','bien-hai-dao',23);
INSERT INTO desk_field VALUES('TP1','quy-hoach',24);
INSERT INTO desk_field VALUES('TP1','nha-o',25);
INSERT INTO desk_field VALUES('TP1','ha-tang-ky-thuat',26);
INSERT INTO desk_field VALUES('TP1','giao-thong-duong-bo',27);
INSERT INTO desk_field VALUES('TP1','giao-thong-duong-thuy',28);
INSERT INTO desk_field VALUES('TP1','to-chuc-hoi',29);
INSERT INTO desk_field VALUES('TP1','thi-dua-khen-thuong',30);
INSERT INTO desk_field VALUES('TP1','ton-giao',31);
INSERT INTO desk_field VALUES('TP1','cong-chuc',32);
INSERT INTO desk_field VALUES('TP1','giao-duc-mam-non',33);
INSERT INTO desk_field VALUES('TP1','mam-non-doc-lap',34);
INSERT INTO desk_field VALUES('TP1','giao-duc-tieu-hoc',35);
INSERT INTO desk_field VALUES('TP1','giao-duc-trung-hoc',36);
INSERT INTO desk_field VALUES('TP1','van-bang',37);
INSERT INTO desk_field VALUES('TP1','an-toan-thuc-pham',38);
INSERT INTO desk_field VALUES('TP1','dan-so',39);
INSERT INTO desk_field VALUES('TP1','van-hoa',40);
INSERT INTO desk_field VALUES('TP1','gia-dinh',41);
INSERT INTO desk_field VALUES('TP1','the-duc-the-thao',42);
INSERT INTO desk_field VALUES('TP1','thu-vien',43);
INSERT INTO desk_field VALUES('TP1','karaoke',44);
INSERT INTO desk_field VALUES('TP1','xuat-ban-in',45);
INSERT INTO desk_field VALUES('TP1','nong-nghiep',46);
INSERT INTO desk_field VALUES('TP1','trong-trot',47);
INSERT INTO desk_field VALUES('TP1','lam-nghiep',48);
INSERT INTO desk_field VALUES('TP1','thuy-san',49);
INSERT INTO desk_field VALUES('TP1','thuy-loi',50);
INSERT INTO desk_field VALUES('TP1','an-toan-dap',51);
INSERT INTO desk_field VALUES('TP1','phong-chong-thien-tai',52);
INSERT INTO desk_field VALUES('TP1','kinh-te-hop-tac',53);
INSERT INTO desk_field VALUES('TP1','cu-tru',54);
INSERT INTO desk_field VALUES('TP1','khieu-nai-to-cao',55);
INSERT INTO desk_field VALUES('TP1','quan-su',56);
INSERT INTO desk_field VALUES('TPD1','dat-dai',0);
INSERT INTO desk_field VALUES('TPX1','xay-dung',0);
INSERT INTO desk_field VALUES('TPT1','dau-tu',0);
INSERT INTO desk_field VALUES('LH1','chung-thuc',0);
INSERT INTO desk_field VALUES('LH1','ho-tich',1);
INSERT INTO desk_field VALUES('LH1','dat-dai',2);
INSERT INTO desk_field VALUES('LH1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('LH1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('LH1','cu-tru',5);
INSERT INTO desk_field VALUES('LH1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('LH1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('LH1','to-hop-tac',8);
INSERT INTO desk_field VALUES('LH1','tre-em',9);
INSERT INTO desk_field VALUES('LH1','moi-truong',10);
INSERT INTO desk_field VALUES('LH1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('LH1','ton-giao',12);
INSERT INTO desk_field VALUES('LH1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('LH1','dan-so',14);
INSERT INTO desk_field VALUES('LH1','van-hoa',15);
INSERT INTO desk_field VALUES('LH1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('LH1','thu-vien',17);
INSERT INTO desk_field VALUES('LH1','trong-trot',18);
INSERT INTO desk_field VALUES('LH1','thuy-loi',19);
INSERT INTO desk_field VALUES('LH1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('LH1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('LH1','quan-su',22);
INSERT INTO desk_field VALUES('PRC1','chung-thuc',0);
INSERT INTO desk_field VALUES('PRC1','ho-tich',1);
INSERT INTO desk_field VALUES('PRC1','dat-dai',2);
INSERT INTO desk_field VALUES('PRC1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('PRC1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('PRC1','cu-tru',5);
INSERT INTO desk_field VALUES('PRC1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('PRC1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('PRC1','to-hop-tac',8);
INSERT INTO desk_field VALUES('PRC1','tre-em',9);
INSERT INTO desk_field VALUES('PRC1','moi-truong',10);
INSERT INTO desk_field VALUES('PRC1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('PRC1','ton-giao',12);
INSERT INTO desk_field VALUES('PRC1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('PRC1','dan-so',14);
INSERT INTO desk_field VALUES('PRC1','van-hoa',15);
INSERT INTO desk_field VALUES('PRC1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('PRC1','thu-vien',17);
INSERT INTO desk_field VALUES('PRC1','trong-trot',18);
INSERT INTO desk_field VALUES('PRC1','thuy-loi',19);
INSERT INTO desk_field VALUES('PRC1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('PRC1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('PRC1','quan-su',22);
INSERT INTO desk_field VALUES('PD1','chung-thuc',0);
INSERT INTO desk_field VALUES('PD1','ho-tich',1);
INSERT INTO desk_field VALUES('PD1','dat-dai',2);
INSERT INTO desk_field VALUES('PD1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('PD1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('PD1','cu-tru',5);
INSERT INTO desk_field VALUES('PD1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('PD1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('PD1','to-hop-tac',8);
INSERT INTO desk_field VALUES('PD1','tre-em',9);
INSERT INTO desk_field VALUES('PD1','moi-truong',10);
INSERT INTO desk_field VALUES('PD1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('PD1','ton-giao',12);
INSERT INTO desk_field VALUES('PD1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('PD1','dan-so',14);
INSERT INTO desk_field VALUES('PD1','van-hoa',15);
INSERT INTO desk_field VALUES('PD1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('PD1','thu-vien',17);
INSERT INTO desk_field VALUES('PD1','trong-trot',18);
INSERT INTO desk_field VALUES('PD1','thuy-loi',19);
INSERT INTO desk_field VALUES('PD1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('PD1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('PD1','quan-su',22);
INSERT INTO desk_field VALUES('PP1','chung-thuc',0);
INSERT INTO desk_field VALUES('PP1','ho-tich',1);
INSERT INTO desk_field VALUES('PP1','dat-dai',2);
INSERT INTO desk_field VALUES('PP1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('PP1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('PP1','cu-tru',5);
INSERT INTO desk_field VALUES('PP1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('PP1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('PP1','to-hop-tac',8);
INSERT INTO desk_field VALUES('PP1','tre-em',9);
INSERT INTO desk_field VALUES('PP1','moi-truong',10);
INSERT INTO desk_field VALUES('PP1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('PP1','ton-giao',12);
INSERT INTO desk_field VALUES('PP1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('PP1','dan-so',14);
INSERT INTO desk_field VALUES('PP1','van-hoa',15);
INSERT INTO desk_field VALUES('PP1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('PP1','thu-vien',17);
INSERT INTO desk_field VALUES('PP1','trong-trot',18);
INSERT INTO desk_field VALUES('PP1','thuy-loi',19);
INSERT INTO desk_field VALUES('PP1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('PP1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('PP1','quan-su',22);
INSERT INTO desk_field VALUES('VH1','chung-thuc',0);
INSERT INTO desk_field VALUES('VH1','ho-tich',1);
INSERT INTO desk_field VALUES('VH1','dat-dai',2);
INSERT INTO desk_field VALUES('VH1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('VH1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('VH1','cu-tru',5);
INSERT INTO desk_field VALUES('VH1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('VH1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('VH1','to-hop-tac',8);
INSERT INTO desk_field VALUES('VH1','tre-em',9);
INSERT INTO desk_field VALUES('VH1','moi-truong',10);
INSERT INTO desk_field VALUES('VH1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('VH1','ton-giao',12);
INSERT INTO desk_field VALUES('VH1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('VH1','dan-so',14);
INSERT INTO desk_field VALUES('VH1','van-hoa',15);
INSERT INTO desk_field VALUES('VH1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('VH1','thu-vien',17);
INSERT INTO desk_field VALUES('VH1','trong-trot',18);
INSERT INTO desk_field VALUES('VH1','thuy-loi',19);
INSERT INTO desk_field VALUES('VH1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('VH1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('VH1','quan-su',22);
INSERT INTO desk_field VALUES('VT1','chung-thuc',0);
INSERT INTO desk_field VALUES('VT1','ho-tich',1);
INSERT INTO desk_field VALUES('VT1','dat-dai',2);
INSERT INTO desk_field VALUES('VT1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('VT1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('VT1','cu-tru',5);
INSERT INTO desk_field VALUES('VT1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('VT1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('VT1','to-hop-tac',8);
INSERT INTO desk_field VALUES('VT1','tre-em',9);
INSERT INTO desk_field VALUES('VT1','moi-truong',10);
INSERT INTO desk_field VALUES('VT1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('VT1','ton-giao',12);
INSERT INTO desk_field VALUES('VT1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('VT1','dan-so',14);
INSERT INTO desk_field VALUES('VT1','van-hoa',15);
INSERT INTO desk_field VALUES('VT1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('VT1','thu-vien',17);
INSERT INTO desk_field VALUES('VT1','trong-trot',18);
INSERT INTO desk_field VALUES('VT1','thuy-loi',19);
INSERT INTO desk_field VALUES('VT1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('VT1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('VT1','quan-su',22);
INSERT INTO desk_field VALUES('PL1','chung-thuc',0);
INSERT INTO desk_field VALUES('PL1','ho-tich',1);
INSERT INTO desk_field VALUES('PL1','dat-dai',2);
INSERT INTO desk_field VALUES('PL1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('PL1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('PL1','cu-tru',5);
INSERT INTO desk_field VALUES('PL1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('PL1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('PL1','to-hop-tac',8);
INSERT INTO desk_field VALUES('PL1','tre-em',9);
INSERT INTO desk_field VALUES('PL1','moi-truong',10);
INSERT INTO desk_field VALUES('PL1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('PL1','ton-giao',12);
INSERT INTO desk_field VALUES('PL1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('PL1','dan-so',14);
INSERT INTO desk_field VALUES('PL1','van-hoa',15);
INSERT INTO desk_field VALUES('PL1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('PL1','thu-vien',17);
INSERT INTO desk_field VALUES('PL1','trong-trot',18);
INSERT INTO desk_field VALUES('PL1','thuy-loi',19);
INSERT INTO desk_field VALUES('PL1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('PL1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('PL1','quan-su',22);
INSERT INTO desk_field VALUES('PT1','chung-thuc',0);
INSERT INTO desk_field VALUES('PT1','ho-tich',1);
INSERT INTO desk_field VALUES('PT1','dat-dai',2);
INSERT INTO desk_field VALUES('PT1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('PT1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('PT1','cu-tru',5);
INSERT INTO desk_field VALUES('PT1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('PT1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('PT1','to-hop-tac',8);
INSERT INTO desk_field VALUES('PT1','tre-em',9);
INSERT INTO desk_field VALUES('PT1','moi-truong',10);
INSERT INTO desk_field VALUES('PT1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('PT1','ton-giao',12);
INSERT INTO desk_field VALUES('PT1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('PT1','dan-so',14);
INSERT INTO desk_field VALUES('PT1','van-hoa',15);
INSERT INTO desk_field VALUES('PT1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('PT1','thu-vien',17);
INSERT INTO desk_field VALUES('PT1','trong-trot',18);
INSERT INTO desk_field VALUES('PT1','thuy-loi',19);
INSERT INTO desk_field VALUES('PT1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('PT1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('PT1','quan-su',22);
INSERT INTO desk_field VALUES('HM1','chung-thuc',0);
INSERT INTO desk_field VALUES('HM1','ho-tich',1);
INSERT INTO desk_field VALUES('HM1','dat-dai',2);
INSERT INTO desk_field VALUES('HM1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('HM1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('HM1','cu-tru',5);
INSERT INTO desk_field VALUES('HM1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('HM1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('HM1','to-hop-tac',8);
INSERT INTO desk_field VALUES('HM1','tre-em',9);
INSERT INTO desk_field VALUES('HM1','moi-truong',10);
INSERT INTO desk_field VALUES('HM1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('HM1','ton-giao',12);
INSERT INTO desk_field VALUES('HM1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('HM1','dan-so',14);
INSERT INTO desk_field VALUES('HM1','van-hoa',15);
INSERT INTO desk_field VALUES('HM1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('HM1','thu-vien',17);
INSERT INTO desk_field VALUES('HM1','trong-trot',18);
INSERT INTO desk_field VALUES('HM1','thuy-loi',19);
INSERT INTO desk_field VALUES('HM1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('HM1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('HM1','quan-su',22);
INSERT INTO desk_field VALUES('CC1','chung-thuc',0);
INSERT INTO desk_field VALUES('CC1','ho-tich',1);
INSERT INTO desk_field VALUES('CC1','dat-dai',2);
INSERT INTO desk_field VALUES('CC1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('CC1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('CC1','cu-tru',5);
INSERT INTO desk_field VALUES('CC1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('CC1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('CC1','to-hop-tac',8);
INSERT INTO desk_field VALUES('CC1','tre-em',9);
INSERT INTO desk_field VALUES('CC1','moi-truong',10);
INSERT INTO desk_field VALUES('CC1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('CC1','ton-giao',12);
INSERT INTO desk_field VALUES('CC1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('CC1','dan-so',14);
INSERT INTO desk_field VALUES('CC1','van-hoa',15);
INSERT INTO desk_field VALUES('CC1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('CC1','thu-vien',17);
INSERT INTO desk_field VALUES('CC1','trong-trot',18);
INSERT INTO desk_field VALUES('CC1','thuy-loi',19);
INSERT INTO desk_field VALUES('CC1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('CC1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('CC1','quan-su',22);
INSERT INTO desk_field VALUES('BT1','chung-thuc',0);
INSERT INTO desk_field VALUES('BT1','ho-tich',1);
INSERT INTO desk_field VALUES('BT1','dat-dai',2);
INSERT INTO desk_field VALUES('BT1','bao-tro-xa-hoi',3);
INSERT INTO desk_field VALUES('BT1','nguoi-co-cong',4);
INSERT INTO desk_field VALUES('BT1','cu-tru',5);
INSERT INTO desk_field VALUES('BT1','nuoi-con-nuoi',6);
INSERT INTO desk_field VALUES('BT1','hoa-giai-co-so',7);
INSERT INTO desk_field VALUES('BT1','to-hop-tac',8);
INSERT INTO desk_field VALUES('BT1','tre-em',9);
INSERT INTO desk_field VALUES('BT1','moi-truong',10);
INSERT INTO desk_field VALUES('BT1','thi-dua-khen-thuong',11);
INSERT INTO desk_field VALUES('BT1','ton-giao',12);
INSERT INTO desk_field VALUES('BT1','mam-non-doc-lap',13);
INSERT INTO desk_field VALUES('BT1','dan-so',14);
INSERT INTO desk_field VALUES('BT1','van-hoa',15);
INSERT INTO desk_field VALUES('BT1','the-duc-the-thao',16);
INSERT INTO desk_field VALUES('BT1','thu-vien',17);
INSERT INTO desk_field VALUES('BT1','trong-trot',18);
INSERT INTO desk_field VALUES('BT1','thuy-loi',19);
INSERT INTO desk_field VALUES('BT1','phong-chong-thien-tai',20);
INSERT INTO desk_field VALUES('BT1','khieu-nai-to-cao',21);
INSERT INTO desk_field VALUES('BT1','quan-su',22);
CREATE TABLE device (
	id TEXT PRIMARY KEY,         -- kiosk-LH1-x7k2
	kind TEXT NOT NULL,          -- kiosk, sms, import, viewer
	desk TEXT REFERENCES desk (code), -- a kiosk's own desk
	token_hash BYTEA NOT NULL UNIQUE, -- BLAKE2b-256 of the token
	created_at BIGINT NOT NULL,
	revoked_at BIGINT,
	heard_at BIGINT,             -- last heartbeat
	heartbeat TEXT               -- its JSON: version, outbox depth, clock
, key BYTEA, name TEXT NOT NULL DEFAULT '', resend_at BIGINT NOT NULL DEFAULT 0);
CREATE TABLE field (
	code TEXT PRIMARY KEY,       -- dat-dai
	name TEXT NOT NULL,          -- Đất đai
	grp TEXT NOT NULL,           -- land-construction-investment
	place BIGINT NOT NULL
);
INSERT INTO field VALUES('dat-dai','Đất đai','land-construction-investment',0);
INSERT INTO field VALUES('xay-dung','Xây dựng','land-construction-investment',1);
INSERT INTO field VALUES('dau-tu','Đầu tư','land-construction-investment',2);
INSERT INTO field VALUES('ho-tich','Hộ tịch','justice',3);
INSERT INTO field VALUES('chung-thuc','Chứng thực','justice',4);
INSERT INTO field VALUES('nuoi-con-nuoi','Nuôi con nuôi','justice',5);
INSERT INTO field VALUES('hoa-giai-co-so','Hòa giải ở cơ sở','justice',6);
INSERT INTO field VALUES('pho-bien-phap-luat','Phổ biến, giáo dục pháp luật','justice',7);
INSERT INTO field VALUES('boi-thuong-nha-nuoc','Bồi thường nhà nước','justice',8);
INSERT INTO field VALUES('ho-kinh-doanh','Hộ kinh doanh','business',9);
INSERT INTO field VALUES('hop-tac-xa','Hợp tác xã','business',10);
INSERT INTO field VALUES('to-hop-tac','Tổ hợp tác','business',11);
INSERT INTO field VALUES('dau-thau','Đấu thầu','business',12);
INSERT INTO field VALUES('luu-thong-hang-hoa','Lưu thông hàng hóa trong nước','business',13);
INSERT INTO field VALUES('kinh-doanh-khi','Kinh doanh khí','business',14);
INSERT INTO field VALUES('bao-tro-xa-hoi','Bảo trợ xã hội','labour-social',15);
INSERT INTO field VALUES('nguoi-co-cong','Người có công','labour-social',16);
INSERT INTO field VALUES('tre-em','Trẻ em','labour-social',17);
INSERT INTO field VALUES('lao-dong','Lao động','labour-social',18);
INSERT INTO field VALUES('te-nan-xa-hoi','Phòng, chống tệ nạn xã hội','labour-social',19);
INSERT INTO field VALUES('do-dac','Đo đạc','environment',20);
INSERT INTO field VALUES('moi-truong','Môi trường','environment',21);
INSERT INTO field VALUES('tai-nguyen-nuoc','Tài nguyên nước','environment',22);
INSERT INTO field VALUES('bien-hai-dao','Biển và hải đảo','environment',23);
INSERT INTO field VALUES('quy-hoach','Quy hoạch xây dựng, kiến trúc','infrastructure',24);
INSERT INTO field VALUES('nha-o','Nhà ở','infrastructure',25);
INSERT INTO field VALUES('ha-tang-ky-thuat','Hạ tầng kỹ thuật','infrastructure',26);
INSERT INTO field VALUES('giao-thong-duong-bo','Giao thông đường bộ','infrastructure',27);
INSERT INTO field VALUES('giao-thong-duong-thuy','Giao thông đường thủy','infrastructure',28);
INSERT INTO field VALUES('to-chuc-hoi','Tổ chức phi chính phủ (hội)','home-affairs',29);
INSERT INTO field VALUES('thi-dua-khen-thuong','Thi đua - khen thưởng','home-affairs',30);
INSERT INTO field VALUES('ton-giao','Tôn giáo','home-affairs',31);
INSERT INTO field VALUES('cong-chuc','Công chức, viên chức','home-affairs',32);
INSERT INTO field VALUES('giao-duc-mam-non','Giáo dục mầm non','education',33);
INSERT INTO field VALUES('mam-non-doc-lap','Cơ sở giáo dục mầm non độc lập','education',34);
INSERT INTO field VALUES('giao-duc-tieu-hoc','Giáo dục tiểu học','education',35);
INSERT INTO field VALUES('giao-duc-trung-hoc','Giáo dục trung học','education',36);
INSERT INTO field VALUES('van-bang','Hệ thống văn bằng, chứng chỉ','education',37);
INSERT INTO field VALUES('an-toan-thuc-pham','An toàn thực phẩm và dinh dưỡng','health',38);
INSERT INTO field VALUES('dan-so','Dân số','health',39);
INSERT INTO field VALUES('van-hoa','Văn hóa','culture-information',40);
INSERT INTO field VALUES('gia-dinh','Gia đình','culture-information',41);
INSERT INTO field VALUES('the-duc-the-thao','Thể dục thể thao','culture-information',42);
INSERT INTO field VALUES('thu-vien','Thư viện','culture-information',43);
INSERT INTO field VALUES('karaoke','Karaoke','culture-information',44);
INSERT INTO field VALUES('xuat-ban-in','Xuất bản, in','culture-information',45);
INSERT INTO field VALUES('nong-nghiep','Nông nghiệp','agriculture',46);
INSERT INTO field VALUES('trong-trot','Trồng trọt','agriculture',47);
INSERT INTO field VALUES('lam-nghiep','Lâm nghiệp','agriculture',48);
INSERT INTO field VALUES('thuy-san','Thủy sản','agriculture',49);
INSERT INTO field VALUES('thuy-loi','Thủy lợi','agriculture',50);
INSERT INTO field VALUES('an-toan-dap','An toàn đập, hồ chứa thủy lợi','agriculture',51);
INSERT INTO field VALUES('phong-chong-thien-tai','Phòng, chống thiên tai','agriculture',52);
INSERT INTO field VALUES('kinh-te-hop-tac','Kinh tế hợp tác','agriculture',53);
INSERT INTO field VALUES('cu-tru','Cư trú','other',54);
INSERT INTO field VALUES('khieu-nai-to-cao','Khiếu nại, tố cáo, tiếp công dân','other',55);
INSERT INTO field VALUES('quan-su','Quân sự','other',56);
CREATE TABLE form (
	code TEXT NOT NULL,          -- one-stop
	version BIGINT NOT NULL,
	population TEXT NOT NULL,    -- which target's population it feeds
	document TEXT NOT NULL,
	PRIMARY KEY (code, version)
);
INSERT INTO form VALUES('one-stop',1,'tthc','{"code":"one-stop","version":1,"population":"tthc","order":"best-first","title":{"vi":"Đánh giá việc phục vụ tại Bộ phận Một cửa","en":"Rate the service at the one-stop desk"},"overall":{"code":"overall","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về việc phục vụ tại đây?","en":"Overall, how satisfied are you with the service here?"},"criteria":[{"code":"access","vi":"Nơi tiếp nhận và trang thiết bị","en":"Reception place and equipment"},{"code":"procedure","vi":"Thủ tục và giấy tờ phải nộp","en":"Procedure and papers required"},{"code":"attitude","vi":"Thái độ và hướng dẫn của cán bộ","en":"Officers'' attitude and guidance"},{"code":"result","vi":"Kết quả và thời hạn trả kết quả","en":"The result and its time limit"},{"code":"feedback","vi":"Tiếp nhận, xử lý góp ý, phản ánh","en":"Handling of comments and complaints"}],"reasons":[{"code":"waiting","vi":"Chờ đợi lâu","en":"Waited too long"},{"code":"procedure","vi":"Giấy tờ, thủ tục rườm rà","en":"Too much paperwork"},{"code":"guidance","vi":"Hướng dẫn chưa rõ","en":"Guidance not clear"},{"code":"attitude","vi":"Thái độ chưa tốt","en":"Attitude not good"},{"code":"late","vi":"Trả kết quả trễ hẹn","en":"Result given late"},{"code":"result","vi":"Kết quả chưa thỏa đáng","en":"Result not satisfactory"}]}');
INSERT INTO form VALUES('education',1,'health-education','{"code":"education","version":1,"population":"health-education","order":"best-first","title":{"vi":"Khảo sát hài lòng về dịch vụ giáo dục công","en":"Survey of satisfaction with public education"},"overall":{"code":"overall","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về dịch vụ của nhà trường?","en":"Overall, how satisfied are you with the school?"},"factors":[{"code":"access","vi":"Tiếp cận dịch vụ giáo dục","en":"Access"},{"code":"facility","vi":"Cơ sở vật chất","en":"Building and equipment"},{"code":"environment","vi":"Môi trường giáo dục","en":"The school''s climate"},{"code":"teaching","vi":"Hoạt động giáo dục","en":"Teaching"},{"code":"result","vi":"Kết quả giáo dục","en":"The result"}],"criteria":[{"code":"edu-01","factor":"access","vi":"Thông tin tuyển sinh và thủ tục nhập học đầy đủ, thuận tiện","en":"Admission is explained fully and is easy"},{"code":"edu-02","factor":"access","vi":"Các khoản đóng góp theo quy định, được công khai","en":"Contributions follow the rules and are public"},{"code":"edu-03","factor":"facility","vi":"Phòng học, sân chơi, nhà vệ sinh bảo đảm","en":"Classrooms, playground and toilets are as they should be"},{"code":"edu-04","factor":"facility","vi":"Thiết bị, đồ dùng dạy học đáp ứng nhu cầu","en":"Teaching equipment meets the need"},{"code":"edu-05","factor":"environment","vi":"Môi trường học tập an toàn, thân thiện","en":"Learning is safe and friendly"},{"code":"edu-06","factor":"environment","vi":"Nhà trường lắng nghe, phối hợp với cha mẹ học sinh","en":"The school listens to parents and works with them"},{"code":"edu-07","factor":"teaching","vi":"Giáo viên tận tâm, phương pháp dễ hiểu","en":"Teachers are devoted and understandable"},{"code":"edu-08","factor":"teaching","vi":"Việc kiểm tra, đánh giá công bằng, khách quan","en":"Tests and marks are fair"},{"code":"edu-09","factor":"result","vi":"Học sinh tiến bộ về kiến thức, kỹ năng","en":"Pupils grow in knowledge and skill"},{"code":"edu-10","factor":"result","vi":"Học sinh tiến bộ về đạo đức, lối sống","en":"Pupils grow in conduct"}],"reasons":[{"code":"waiting","vi":"Chờ đợi lâu","en":"Waited too long"},{"code":"procedure","vi":"Thủ tục rườm rà","en":"Too much paperwork"},{"code":"guidance","vi":"Hướng dẫn chưa rõ","en":"Guidance not clear"},{"code":"attitude","vi":"Thái độ chưa tốt","en":"Attitude not good"},{"code":"facility","vi":"Cơ sở vật chất chưa tốt","en":"Building or equipment not good"},{"code":"result","vi":"Kết quả chưa thỏa đáng","en":"Result not satisfactory"}]}');
INSERT INTO form VALUES('health',1,'health-education','{"code":"health","version":1,"population":"health-education","order":"best-first","title":{"vi":"Khảo sát hài lòng về dịch vụ y tế công","en":"Survey of satisfaction with public health services"},"overall":{"code":"overall","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về dịch vụ của cơ sở y tế?","en":"Overall, how satisfied are you with the health service?"},"factors":[{"code":"access","vi":"Khả năng tiếp cận","en":"Access"},{"code":"procedure","vi":"Minh bạch thông tin và thủ tục","en":"Information and procedures"},{"code":"facility","vi":"Cơ sở vật chất và phương tiện phục vụ","en":"Building and equipment"},{"code":"attitude","vi":"Thái độ ứng xử, năng lực chuyên môn","en":"Attitude and skill of the staff"},{"code":"result","vi":"Kết quả cung cấp dịch vụ","en":"The result"}],"criteria":[{"code":"hea-01","factor":"access","vi":"Biển báo, chỉ dẫn đến cơ sở y tế và các phòng rõ ràng, dễ tìm","en":"Signs to the building and its rooms are clear"},{"code":"hea-02","factor":"access","vi":"Có thể hỏi và gọi nhân viên y tế khi cần","en":"Staff can be asked and called when needed"},{"code":"hea-03","factor":"procedure","vi":"Quy trình, thủ tục khám chữa bệnh rõ ràng, đơn giản","en":"The way from arrival to treatment is clear and simple"},{"code":"hea-04","factor":"procedure","vi":"Giá dịch vụ y tế được niêm yết, công khai","en":"Prices are posted"},{"code":"hea-05","factor":"procedure","vi":"Thời gian chờ đợi hợp lý","en":"Waiting times are reasonable"},{"code":"hea-06","factor":"facility","vi":"Phòng chờ, buồng bệnh sạch sẽ, đủ chỗ","en":"Waiting rooms and wards are clean and have room"},{"code":"hea-07","factor":"facility","vi":"Nhà vệ sinh sạch sẽ, thuận tiện","en":"Toilets are clean and at hand"},{"code":"hea-08","factor":"attitude","vi":"Nhân viên y tế có lời nói, thái độ đúng mực","en":"Staff speak and behave well"},{"code":"hea-09","factor":"attitude","vi":"Nhân viên y tế được tin tưởng về chuyên môn","en":"Staff are trusted for their skill"},{"code":"hea-10","factor":"result","vi":"Kết quả khám chữa bệnh đáp ứng mong đợi","en":"The treatment met expectations"},{"code":"hea-11","factor":"result","vi":"Chất lượng dịch vụ tương xứng với chi phí","en":"The service was worth what it cost"}],"reasons":[{"code":"waiting","vi":"Chờ đợi lâu","en":"Waited too long"},{"code":"procedure","vi":"Thủ tục rườm rà","en":"Too much paperwork"},{"code":"guidance","vi":"Hướng dẫn chưa rõ","en":"Guidance not clear"},{"code":"attitude","vi":"Thái độ chưa tốt","en":"Attitude not good"},{"code":"facility","vi":"Cơ sở vật chất chưa tốt","en":"Building or equipment not good"},{"code":"result","vi":"Kết quả chưa thỏa đáng","en":"Result not satisfactory"}]}');
INSERT INTO form VALUES('sipas-2017',1,'agency','{"code":"sipas-2017","version":1,"population":"agency","order":"best-first","title":{"vi":"Khảo sát hài lòng về sự phục vụ hành chính (bộ tiêu chí 2017)","en":"Survey of satisfaction with public administration (criteria of 2017)"},"overall":{"code":"overall","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về sự phục vụ của cơ quan?","en":"Overall, how satisfied are you with the agency''s service?"},"factors":[{"code":"access","vi":"Tiếp cận dịch vụ hành chính công","en":"Access to services"},{"code":"procedure","vi":"Thủ tục hành chính","en":"Administrative procedures"},{"code":"attitude","vi":"Công chức trực tiếp giải quyết công việc","en":"Civil servants who handle the matter"},{"code":"result","vi":"Kết quả cung ứng dịch vụ hành chính công","en":"The result"},{"code":"feedback","vi":"Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị","en":"Comments and complaints"}],"criteria":[{"code":"s17-01","factor":"access","vi":"Nơi ngồi chờ giải quyết công việc có đủ chỗ ngồi","en":"There are enough seats where people wait"},{"code":"s17-02","factor":"access","vi":"Trang thiết bị phục vụ người dân, tổ chức đầy đủ","en":"There is enough equipment for people to use"},{"code":"s17-03","factor":"access","vi":"Trang thiết bị phục vụ người dân, tổ chức hiện đại","en":"The equipment is modern"},{"code":"s17-04","factor":"access","vi":"Trang thiết bị phục vụ người dân, tổ chức dễ sử dụng","en":"The equipment is easy to use"},{"code":"s17-05","factor":"procedure","vi":"Quy định về thủ tục hành chính được niêm yết công khai đầy đủ","en":"The rules of procedures are posted completely"},{"code":"s17-06","factor":"procedure","vi":"Quy định về thủ tục hành chính được niêm yết công khai chính xác","en":"The rules of procedures are posted correctly"},{"code":"s17-07","factor":"procedure","vi":"Thành phần hồ sơ phải nộp là đúng quy định","en":"The papers to hand in are those the rules ask for"},{"code":"s17-08","factor":"procedure","vi":"Phí, lệ phí phải nộp là đúng quy định","en":"The fees are those of the rules"},{"code":"s17-09","factor":"procedure","vi":"Thời hạn giải quyết hồ sơ là đúng quy định","en":"The time limit is that of the rules"},{"code":"s17-10","factor":"attitude","vi":"Công chức có thái độ giao tiếp lịch sự","en":"Civil servants are polite"},{"code":"s17-11","factor":"attitude","vi":"Công chức chú ý lắng nghe ý kiến của người dân, tổ chức","en":"Civil servants listen to what people say"},{"code":"s17-12","factor":"attitude","vi":"Công chức trả lời, giải thích đầy đủ các ý kiến của người dân, tổ chức","en":"Civil servants answer and explain fully"},{"code":"s17-13","factor":"attitude","vi":"Công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo","en":"Civil servants help with the papers with care"},{"code":"s17-14","factor":"attitude","vi":"Công chức hướng dẫn hồ sơ dễ hiểu","en":"Civil servants'' guidance is easy to understand"},{"code":"s17-15","factor":"attitude","vi":"Công chức tuân thủ đúng quy định trong giải quyết công việc","en":"Civil servants keep to the rules"},{"code":"s17-16","factor":"result","vi":"Kết quả nhận được là đúng quy định (cấp giấy tờ hoặc từ chối cấp)","en":"The result is as the rules say (granted or refused)"},{"code":"s17-17","factor":"result","vi":"Kết quả nhận được có thông tin đầy đủ","en":"The result is complete"},{"code":"s17-18","factor":"result","vi":"Kết quả nhận được có thông tin chính xác","en":"The result is correct"},{"code":"s17-19","factor":"feedback","vi":"Cơ quan có bố trí hình thức tiếp nhận góp ý, phản ánh, kiến nghị","en":"There is a way to hand in comments and complaints"},{"code":"s17-20","factor":"feedback","vi":"Ông/Bà dễ dàng thực hiện góp ý, phản ánh, kiến nghị","en":"Commenting and complaining is easy"},{"code":"s17-21","factor":"feedback","vi":"Cơ quan tiếp nhận và xử lý tích cực các góp ý, phản ánh, kiến nghị","en":"Comments and complaints are dealt with actively"},{"code":"s17-22","factor":"feedback","vi":"Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị","en":"The outcome of a comment is told in time"}],"reasons":[{"code":"waiting","vi":"Chờ đợi lâu","en":"Waited too long"},{"code":"procedure","vi":"Giấy tờ, thủ tục rườm rà","en":"Too much paperwork"},{"code":"guidance","vi":"Hướng dẫn chưa rõ","en":"Guidance not clear"},{"code":"attitude","vi":"Thái độ chưa tốt","en":"Attitude not good"},{"code":"late","vi":"Trả kết quả trễ hẹn","en":"Result given late"},{"code":"result","vi":"Kết quả chưa thỏa đáng","en":"Result not satisfactory"}]}');
INSERT INTO form VALUES('sipas-2022',1,'agency','{"code":"sipas-2022","version":1,"population":"agency","order":"best-first","title":{"vi":"Khảo sát hài lòng về cung ứng dịch vụ hành chính công (bộ tiêu chí 2022)","en":"Survey of satisfaction with public services (criteria of 2022)"},"overall":{"code":"overall","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về việc cung ứng dịch vụ hành chính công?","en":"Overall, how satisfied are you with the public services you were given?"},"factors":[{"code":"access","vi":"Tiếp cận dịch vụ","en":"Access to services"},{"code":"procedure","vi":"Thủ tục hành chính","en":"Administrative procedures"},{"code":"attitude","vi":"Công chức trực tiếp giải quyết công việc","en":"Civil servants who handle the matter"},{"code":"result","vi":"Kết quả dịch vụ","en":"The result"},{"code":"feedback","vi":"Tiếp nhận, xử lý phản ánh, kiến nghị","en":"Comments and complaints"}],"criteria":[{"code":"s22-01","factor":"access","vi":"Cơ quan cung cấp thông tin về giải quyết thủ tục hành chính theo nhiều hình thức, dễ tiếp cận, dễ hiểu","en":"Information on procedures comes in many forms, easy to reach and to understand"},{"code":"s22-02","factor":"access","vi":"Trụ sở có biển hiệu, hướng dẫn rõ ràng, dễ thấy","en":"The office has clear signs and directions"},{"code":"s22-03","factor":"access","vi":"Trụ sở sạch sẽ, văn minh","en":"The office is clean and civilised"},{"code":"s22-04","factor":"access","vi":"Trang thiết bị phục vụ người dân đầy đủ, chất lượng tốt","en":"There is enough good equipment for people to use"},{"code":"s22-05","factor":"procedure","vi":"Quy định thủ tục hành chính được niêm yết công khai dễ thấy, dễ hiểu","en":"The rules of procedures are posted visibly and understandably"},{"code":"s22-06","factor":"procedure","vi":"Thành phần hồ sơ phải nộp là đúng quy định","en":"The papers to hand in are those the rules ask for"},{"code":"s22-07","factor":"procedure","vi":"Mức phí, lệ phí phải nộp là đúng quy định","en":"The fees are those of the rules"},{"code":"s22-08","factor":"procedure","vi":"Thời hạn giải quyết thủ tục hành chính là đúng quy định","en":"The time limit is that of the rules"},{"code":"s22-09","factor":"attitude","vi":"Công chức có thái độ giao tiếp lịch sự, tôn trọng người dân","en":"Civil servants are polite and respectful"},{"code":"s22-10","factor":"attitude","vi":"Công chức cung cấp thông tin, trả lời kịp thời, đầy đủ các câu hỏi, ý kiến","en":"Civil servants answer questions in time and fully"},{"code":"s22-11","factor":"attitude","vi":"Công chức hướng dẫn hồ sơ dễ hiểu, hoàn thiện được sau một lần hướng dẫn","en":"Guidance is easy to understand; once is enough to complete the papers"},{"code":"s22-12","factor":"attitude","vi":"Công chức tuân thủ đúng quy định trong giải quyết công việc","en":"Civil servants keep to the rules"},{"code":"s22-13","factor":"attitude","vi":"Công chức tận tình trong quá trình giải quyết công việc","en":"Civil servants are devoted to people''s matters"},{"code":"s22-14","factor":"result","vi":"Kết quả giải quyết thủ tục hành chính được trả đúng hẹn","en":"The result is given on the promised day"},{"code":"s22-15","factor":"result","vi":"Kết quả giải quyết thủ tục hành chính có thông tin đầy đủ, chính xác","en":"The result is complete and correct"},{"code":"s22-16","factor":"result","vi":"Kết quả giải quyết thủ tục hành chính đảm bảo tính công bằng","en":"The result is fair"},{"code":"s22-17","factor":"feedback","vi":"Cơ quan có bố trí hình thức tiếp nhận phản ánh, kiến nghị, dễ thực hiện","en":"There is an easy way to hand in comments and complaints"},{"code":"s22-18","factor":"feedback","vi":"Cơ quan tiếp nhận, xử lý phản ánh, kiến nghị đúng quy định","en":"Comments and complaints are dealt with by the rules"},{"code":"s22-19","factor":"feedback","vi":"Cơ quan thông báo kết quả xử lý phản ánh, kiến nghị kịp thời","en":"The outcome of a complaint is told in time"}],"reasons":[{"code":"waiting","vi":"Chờ đợi lâu","en":"Waited too long"},{"code":"procedure","vi":"Giấy tờ, thủ tục rườm rà","en":"Too much paperwork"},{"code":"guidance","vi":"Hướng dẫn chưa rõ","en":"Guidance not clear"},{"code":"attitude","vi":"Thái độ chưa tốt","en":"Attitude not good"},{"code":"late","vi":"Trả kết quả trễ hẹn","en":"Result given late"},{"code":"result","vi":"Kết quả chưa thỏa đáng","en":"Result not satisfactory"}]}');
CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
)          WITHOUT ROWID  ;
INSERT INTO meta VALUES('call_key','QzRIah8qA5q1sOWTFD14wmwpDqDiSZSN0HC014V4IHM');
INSERT INTO meta VALUES('door_key','uV0mWCXpyCfuPHm6ZKdO_jgFAqwrXGj-jCRrItOD3TM');
INSERT INTO meta VALUES('generation','2');
INSERT INTO meta VALUES('phone_key','L1SihMg3nvq0t9vGaizhL40v1x7ursH32yW4kwihavw');
INSERT INTO meta VALUES('recount','0');
INSERT INTO meta VALUES('schema','12');
INSERT INTO meta VALUES('settings_key','NHVxiXKDxiZdqfzCdcfMNp43PlnG_3CFqIHN2SrXcms');
INSERT INTO meta VALUES('sms_key','A1xDXzRMn-5h9N-FQuY8Fu47TO0t6c0OF2tAgwoSo48');
CREATE TABLE remark (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	comment TEXT NOT NULL
, day BIGINT NOT NULL DEFAULT 0, unit TEXT NOT NULL DEFAULT '', field TEXT NOT NULL DEFAULT '', plain TEXT NOT NULL DEFAULT '')          WITHOUT ROWID  ;
INSERT INTO remark VALUES(X'00000000000000000000000000000000','a',20000,'22969','','a');
INSERT INTO remark VALUES(X'0453bc06000000000000000044000000','qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq',20001,'22969','','qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq');
INSERT INTO remark VALUES(X'109b77e3000000000000000010000000','qqqqqqqqqqqqqqqqq',20000,'22969','','qqqqqqqqqqqqqqqqq');
INSERT INTO remark VALUES(X'14ee33ea000000000000000054000000','ggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg',20001,'22969','','ggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg');
INSERT INTO remark VALUES(X'2036efc6000000000000000020000000','ggggggggggggggggggggggggggggggggg',20000,'22969','','ggggggggggggggggggggggggggggggggg');
INSERT INTO remark VALUES(X'30d166aa000000000000000030000000','wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww',20000,'22969','','wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww');
INSERT INTO remark VALUES(X'406cde8d000000000000000040000000','mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm',20001,'22969','','mmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmmm');
INSERT INTO remark VALUES(X'4cb4996a00000000000000000c000000','mmmmmmmmmmmmm',20000,'22969','','mmmmmmmmmmmmm');
INSERT INTO remark VALUES(X'50075671000000000000000050000000','ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc',20001,'22969','','ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc');
INSERT INTO remark VALUES(X'5c4f114e00000000000000001c000000','ccccccccccccccccccccccccccccc',20000,'22969','','ccccccccccccccccccccccccccccc');
INSERT INTO remark VALUES(X'60a2cd54000000000000000060000000','sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss',20001,'22969','','sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss');
INSERT INTO remark VALUES(X'6cea883100000000000000002c000000','sssssssssssssssssssssssssssssssssssssssssssss',20000,'22969','','sssssssssssssssssssssssssssssssssssssssssssss');
INSERT INTO remark VALUES(X'7c85001500000000000000003c000000','iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii',20001,'22969','','iiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiiii');
INSERT INTO remark VALUES(X'88cdbbf1000000000000000008000000','iiiiiiiii',20000,'22969','','iiiiiiiii');
INSERT INTO remark VALUES(X'8c2078f800000000000000004c000000','yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy',20001,'22969','','yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy');
INSERT INTO remark VALUES(X'986833d5000000000000000018000000','yyyyyyyyyyyyyyyyyyyyyyyyy',20000,'22969','','yyyyyyyyyyyyyyyyyyyyyyyyy');
INSERT INTO remark VALUES(X'9cbbefdb00000000000000005c000000','ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo',20001,'22969','','ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo');
INSERT INTO remark VALUES(X'a803abb8000000000000000028000000','ooooooooooooooooooooooooooooooooooooooooo',20000,'22969','','ooooooooooooooooooooooooooooooooooooooooo');
INSERT INTO remark VALUES(X'b89e229c000000000000000038000000','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee',20001,'22969','','eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee');
INSERT INTO remark VALUES(X'c4e6dd78000000000000000004000000','eeeee',20000,'22969','','eeeee');
INSERT INTO remark VALUES(X'c8399a7f000000000000000048000000','uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu',20001,'22969','','uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu');
INSERT INTO remark VALUES(X'd481555c000000000000000014000000','uuuuuuuuuuuuuuuuuuuuu',20000,'22969','','uuuuuuuuuuuuuuuuuuuuu');
INSERT INTO remark VALUES(X'd8d41163000000000000000058000000','kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk',20001,'22969','','kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk');
INSERT INTO remark VALUES(X'e41ccd3f000000000000000024000000','kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk',20000,'22969','','kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk');
INSERT INTO remark VALUES(X'f4b74423000000000000000034000000','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',20001,'22969','','aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa');
CREATE TABLE session (
	token_hash BYTEA PRIMARY KEY,
	login TEXT NOT NULL REFERENCES staff (login),
	csrf TEXT NOT NULL,          -- goes into every form of this session
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
, seen_at BIGINT NOT NULL DEFAULT 0);
CREATE TABLE sms_in (
	id BYTEA PRIMARY KEY,        -- made by the gateway
	device TEXT NOT NULL,
	sender BYTEA NOT NULL,
	text TEXT NOT NULL,          -- raw, so that a better reader can read again
	partial BIGINT NOT NULL,     -- 1: a part never came
	received_at BIGINT NOT NULL, -- the gateway's clock
	digest BYTEA NOT NULL,
	kind TEXT NOT NULL,          -- the reading: score, opt_out, ambiguous, …
	answer BYTEA                 -- the answer made of it
, sent_at BIGINT NOT NULL DEFAULT 0, zone BIGINT NOT NULL DEFAULT 420, phone TEXT NOT NULL DEFAULT '', reader BIGINT NOT NULL DEFAULT 1, deed TEXT NOT NULL DEFAULT '', desk TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT '', dossier TEXT NOT NULL DEFAULT '', replaced BYTEA, person BIGINT NOT NULL DEFAULT 0, decided TEXT NOT NULL DEFAULT '', decided_by TEXT NOT NULL DEFAULT '', decided_at BIGINT NOT NULL DEFAULT 0);
CREATE TABLE sms_optout (
	sender BYTEA PRIMARY KEY,
	since_at BIGINT NOT NULL
);
CREATE TABLE sms_out (
	id BYTEA PRIMARY KEY,
	phone TEXT NOT NULL,         -- E.164, '' once ended
	sender BYTEA NOT NULL,       -- the number's keyed hash
	cause TEXT NOT NULL,         -- key of its words: sms.thanks, sms.help, …
	text TEXT NOT NULL,          -- GSM-7, one part
	state TEXT NOT NULL,         -- queued, sent, failed, unknown
	created_at BIGINT NOT NULL,
	ended_at BIGINT
, dossier TEXT NOT NULL DEFAULT '', until_at BIGINT);
CREATE TABLE staff (
	login TEXT PRIMARY KEY,
	role TEXT NOT NULL,          -- viewer, manager, caseworker, admin, auditor
	unit TEXT REFERENCES unit (code), -- null: the whole district
	password TEXT NOT NULL,      -- Argon2id, libsodium's text form
	created_at BIGINT NOT NULL,
	disabled_at BIGINT
, start BIGINT NOT NULL DEFAULT 0, signed_in_at BIGINT NOT NULL DEFAULT 0, factor TEXT NOT NULL DEFAULT '', factor_at BIGINT NOT NULL DEFAULT 0, factor_step BIGINT NOT NULL DEFAULT 0, tries BIGINT NOT NULL DEFAULT 0, tried_at BIGINT NOT NULL DEFAULT 0, name TEXT NOT NULL DEFAULT '');
CREATE TABLE tally (
	day BIGINT NOT NULL,
	unit TEXT NOT NULL,
	desk TEXT NOT NULL,
	field TEXT NOT NULL,
	channel TEXT NOT NULL,
	form TEXT NOT NULL,
	criterion TEXT NOT NULL,     -- overall, access, attitude, …
	n1 BIGINT NOT NULL,          -- Rất không hài lòng
	n2 BIGINT NOT NULL,          -- Không hài lòng
	n3 BIGINT NOT NULL,          -- Bình thường
	n4 BIGINT NOT NULL,          -- Hài lòng
	n5 BIGINT NOT NULL,          -- Rất hài lòng
	na BIGINT NOT NULL,          -- not applicable
	aside BIGINT NOT NULL,       -- set aside, in none of the others
	PRIMARY KEY (day, unit, desk, field, channel, form, criterion)
)          WITHOUT ROWID  ;
INSERT INTO tally VALUES(20000,'22969','LH1','','kiosk','one-stop','attitude',2,1,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH1','','kiosk','one-stop','overall',2,1,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH1','','sms','one-stop','attitude',0,2,0,2,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH1','','sms','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH1','','web','one-stop','attitude',1,1,2,0,2,0,0);
INSERT INTO tally VALUES(20000,'22969','LH1','','web','one-stop','overall',1,1,1,2,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH2','','kiosk','one-stop','attitude',2,0,2,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH2','','kiosk','one-stop','overall',1,2,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH2','','sms','one-stop','attitude',1,2,0,2,0,0,0);
INSERT INTO tally VALUES(20000,'22969','LH2','','sms','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','LH2','','web','one-stop','attitude',1,1,1,1,2,0,0);
INSERT INTO tally VALUES(20000,'22969','LH2','','web','one-stop','overall',1,1,1,1,2,0,0);
INSERT INTO tally VALUES(20000,'22969','PRC1','','kiosk','one-stop','attitude',2,0,2,0,2,0,0);
INSERT INTO tally VALUES(20000,'22969','PRC1','','kiosk','one-stop','overall',1,1,2,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','PRC1','','sms','one-stop','attitude',1,1,1,2,0,0,0);
INSERT INTO tally VALUES(20000,'22969','PRC1','','sms','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','PRC1','','web','one-stop','attitude',0,2,1,1,1,0,0);
INSERT INTO tally VALUES(20000,'22969','PRC1','','web','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH1','','kiosk','one-stop','attitude',1,1,1,1,2,0,0);
INSERT INTO tally VALUES(20001,'22969','LH1','','kiosk','one-stop','overall',1,1,1,1,2,0,0);
INSERT INTO tally VALUES(20001,'22969','LH1','','sms','one-stop','attitude',2,0,2,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH1','','sms','one-stop','overall',1,2,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH1','','web','one-stop','attitude',1,2,0,2,0,0,0);
INSERT INTO tally VALUES(20001,'22969','LH1','','web','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH2','','kiosk','one-stop','attitude',0,2,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH2','','kiosk','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH2','','sms','one-stop','attitude',2,0,2,0,2,0,0);
INSERT INTO tally VALUES(20001,'22969','LH2','','sms','one-stop','overall',1,1,2,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','LH2','','web','one-stop','attitude',1,1,1,2,0,0,0);
INSERT INTO tally VALUES(20001,'22969','LH2','','web','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','PRC1','','kiosk','one-stop','attitude',0,2,0,2,1,0,0);
INSERT INTO tally VALUES(20001,'22969','PRC1','','kiosk','one-stop','overall',1,1,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','PRC1','','sms','one-stop','attitude',1,1,2,0,2,0,0);
INSERT INTO tally VALUES(20001,'22969','PRC1','','sms','one-stop','overall',1,1,1,2,1,0,0);
INSERT INTO tally VALUES(20001,'22969','PRC1','','web','one-stop','attitude',2,1,1,1,1,0,0);
INSERT INTO tally VALUES(20001,'22969','PRC1','','web','one-stop','overall',2,1,1,1,1,0,0);
CREATE TABLE target (
	population TEXT NOT NULL,    -- tthc, tthc-land, agency, health-education
	from_day BIGINT NOT NULL,
	grp TEXT NOT NULL,           -- field group it narrows to, '' for all
	percent4 BIGINT NOT NULL,    -- 90 % is 900000 (four decimals, exact)
	PRIMARY KEY (population, from_day)
);
INSERT INTO target VALUES('tthc',18993,'',900000);
INSERT INTO target VALUES('tthc-land',18993,'land-construction-investment',850000);
INSERT INTO target VALUES('agency',18993,'',900000);
INSERT INTO target VALUES('health-education',18993,'',850000);
CREATE TABLE unit (
	code TEXT PRIMARY KEY,       -- 22969
	parent TEXT NOT NULL,        -- code of the unit above, '' at the root
	level TEXT NOT NULL,         -- district, town, commune
	name TEXT NOT NULL,          -- Thị trấn Liên Hương
	valid_from BIGINT NOT NULL,  -- first day
	valid_to BIGINT,             -- last day; null: still valid
	place BIGINT NOT NULL        -- order of the catalogue
);
INSERT INTO unit VALUES('595','','district','Huyện Tuy Phong',14610,20269,0);
INSERT INTO unit VALUES('22969','595','town','Thị trấn Liên Hương',14610,20269,1);
INSERT INTO unit VALUES('22972','595','town','Thị trấn Phan Rí Cửa',14610,20269,2);
INSERT INTO unit VALUES('22975','595','commune','Xã Phan Dũng',14610,20269,3);
INSERT INTO unit VALUES('22978','595','commune','Xã Phong Phú',14610,20269,4);
INSERT INTO unit VALUES('22981','595','commune','Xã Vĩnh Hảo',14610,20269,5);
INSERT INTO unit VALUES('22984','595','commune','Xã Vĩnh Tân',14610,20269,6);
INSERT INTO unit VALUES('22987','595','commune','Xã Phú Lạc',14610,20269,7);
INSERT INTO unit VALUES('22990','595','commune','Xã Phước Thể',14610,20269,8);
INSERT INTO unit VALUES('22993','595','commune','Xã Hòa Minh',14610,20269,9);
INSERT INTO unit VALUES('22996','595','commune','Xã Chí Công',14610,20269,10);
INSERT INTO unit VALUES('22999','595','commune','Xã Bình Thạnh',14610,20269,11);
INSERT INTO unit VALUES('22969-2025','','commune','Xã Liên Hương',20270,NULL,12);
INSERT INTO unit VALUES('22972-2025','','commune','Xã Phan Rí Cửa',20270,NULL,13);
INSERT INTO unit VALUES('22978-2025','','commune','Xã Tuy Phong',20270,NULL,14);
INSERT INTO unit VALUES('22981-2025','','commune','Xã Vĩnh Hảo',20270,NULL,15);
CREATE TABLE unit_successor (
	unit TEXT NOT NULL REFERENCES unit (code),
	successor TEXT NOT NULL REFERENCES unit (code),
	from_day BIGINT NOT NULL,
	PRIMARY KEY (unit, successor)
);
INSERT INTO unit_successor VALUES('22969','22969-2025',20270);
INSERT INTO unit_successor VALUES('22972','22972-2025',20270);
INSERT INTO unit_successor VALUES('22975','22978-2025',20270);
INSERT INTO unit_successor VALUES('22978','22978-2025',20270);
INSERT INTO unit_successor VALUES('22978','22972-2025',20270);
INSERT INTO unit_successor VALUES('22981','22981-2025',20270);
INSERT INTO unit_successor VALUES('22984','22981-2025',20270);
INSERT INTO unit_successor VALUES('22987','22969-2025',20270);
INSERT INTO unit_successor VALUES('22990','22969-2025',20270);
INSERT INTO unit_successor VALUES('22993','22972-2025',20270);
INSERT INTO unit_successor VALUES('22996','22972-2025',20270);
INSERT INTO unit_successor VALUES('22999','22969-2025',20270);
CREATE TABLE tally_month (
	month BIGINT NOT NULL,       -- year * 12 + month - 1, local
	unit TEXT NOT NULL,
	desk TEXT NOT NULL,
	field TEXT NOT NULL,
	channel TEXT NOT NULL,
	form TEXT NOT NULL,
	criterion TEXT NOT NULL,
	n1 BIGINT NOT NULL,
	n2 BIGINT NOT NULL,
	n3 BIGINT NOT NULL,
	n4 BIGINT NOT NULL,
	n5 BIGINT NOT NULL,
	na BIGINT NOT NULL,
	aside BIGINT NOT NULL,
	PRIMARY KEY (month, unit, desk, field, channel, form, criterion)
)          WITHOUT ROWID  ;
INSERT INTO tally_month VALUES(24297,'22969','LH1','','kiosk','one-stop','attitude',3,2,2,2,3,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH1','','kiosk','one-stop','overall',3,2,2,2,3,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH1','','sms','one-stop','attitude',2,2,2,3,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH1','','sms','one-stop','overall',2,3,2,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH1','','web','one-stop','attitude',2,3,2,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH1','','web','one-stop','overall',2,2,2,3,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH2','','kiosk','one-stop','attitude',2,2,3,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH2','','kiosk','one-stop','overall',2,3,2,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH2','','sms','one-stop','attitude',3,2,2,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH2','','sms','one-stop','overall',2,2,3,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH2','','web','one-stop','attitude',2,2,2,3,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','LH2','','web','one-stop','overall',2,2,2,2,3,0,0);
INSERT INTO tally_month VALUES(24297,'22969','PRC1','','kiosk','one-stop','attitude',2,2,2,2,3,0,0);
INSERT INTO tally_month VALUES(24297,'22969','PRC1','','kiosk','one-stop','overall',2,2,3,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','PRC1','','sms','one-stop','attitude',2,2,3,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','PRC1','','sms','one-stop','overall',2,2,2,3,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','PRC1','','web','one-stop','attitude',2,3,2,2,2,0,0);
INSERT INTO tally_month VALUES(24297,'22969','PRC1','','web','one-stop','overall',3,2,2,2,2,0,0);
CREATE TABLE dossier (
	key TEXT PRIMARY KEY,
	code TEXT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	procedure TEXT NOT NULL,
	desk TEXT NOT NULL,
	authority TEXT NOT NULL,
	received_at BIGINT NOT NULL,
	due_at BIGINT,
	finished_at BIGINT,
	finished_day BIGINT,
	outcome TEXT NOT NULL,
	changed_at BIGINT NOT NULL
)          WITHOUT ROWID  ;
CREATE TABLE dossier_tally (
	day BIGINT NOT NULL,
	unit TEXT NOT NULL,
	field TEXT NOT NULL,
	finished BIGINT NOT NULL,
	refused BIGINT NOT NULL,
	withdrawn BIGINT NOT NULL,
	returned BIGINT NOT NULL,
	late BIGINT NOT NULL,
	elsewhere BIGINT NOT NULL,
	PRIMARY KEY (day, unit, field)
)          WITHOUT ROWID  ;
CREATE TABLE aside (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	reason TEXT NOT NULL,
	login TEXT NOT NULL,
	at BIGINT NOT NULL
)          WITHOUT ROWID  ;
CREATE TABLE audit (
	id BYTEA PRIMARY KEY,        -- UUIDv7: in the order of time
	at BIGINT NOT NULL,
	login TEXT NOT NULL,         -- who; of a command: the machine's user
	role TEXT NOT NULL,          -- in which role, '' of a command
	place TEXT NOT NULL,         -- pages, command, api, rule
	act TEXT NOT NULL,           -- unit.change, user.add, answer.aside, …
	unit TEXT NOT NULL,          -- whose it is, '' the whole district's
	object TEXT NOT NULL,        -- code, login, device or id it was done to
	before TEXT NOT NULL,        -- JSON of what was, '' nothing
	after TEXT NOT NULL,         -- JSON of what is, '' nothing
	reason TEXT NOT NULL         -- where a person had to give one, else ''
)          WITHOUT ROWID  ;
INSERT INTO audit VALUES(X'01a22f96b1d877aab257c8b8e39157e5',1796094734802,'root','','command','form.publish','','education.1','','{"code":"education","criteria":[{"code":"edu-01","en":"Admission is explained fully and is easy","factor":"access","vi":"Thông tin tuyển sinh và thủ tục nhập học đầy đủ, thuận tiện"},{"code":"edu-02","en":"Contributions follow the rules and are public","factor":"access","vi":"Các khoản đóng góp theo quy định, được công khai"},{"code":"edu-03","en":"Classrooms, playground and toilets are as they should be","factor":"facility","vi":"Phòng học, sân chơi, nhà vệ sinh bảo đảm"},{"code":"edu-04","en":"Teaching equipment meets the need","factor":"facility","vi":"Thiết bị, đồ dùng dạy học đáp ứng nhu cầu"},{"code":"edu-05","en":"Learning is safe and friendly","factor":"environment","vi":"Môi trường học tập an toàn, thân thiện"},{"code":"edu-06","en":"The school listens to parents and works with them","factor":"environment","vi":"Nhà trường lắng nghe, phối hợp với cha mẹ học sinh"},{"code":"edu-07","en":"Teachers are devoted and understandable","factor":"teaching","vi":"Giáo viên tận tâm, phương pháp dễ hiểu"},{"code":"edu-08","en":"Tests and marks are fair","factor":"teaching","vi":"Việc kiểm tra, đánh giá công bằng, khách quan"},{"code":"edu-09","en":"Pupils grow in knowledge and skill","factor":"result","vi":"Học sinh tiến bộ về kiến thức, kỹ năng"},{"code":"edu-10","en":"Pupils grow in conduct","factor":"result","vi":"Học sinh tiến bộ về đạo đức, lối sống"}],"factors":[{"code":"access","en":"Access","vi":"Tiếp cận dịch vụ giáo dục"},{"code":"facility","en":"Building and equipment","vi":"Cơ sở vật chất"},{"code":"environment","en":"The school''s climate","vi":"Môi trường giáo dục"},{"code":"teaching","en":"Teaching","vi":"Hoạt động giáo dục"},{"code":"result","en":"The result","vi":"Kết quả giáo dục"}],"order":"best-first","overall":{"code":"overall","en":"Overall, how satisfied are you with the school?","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về dịch vụ của nhà trường?"},"population":"health-education","reasons":[{"code":"waiting","en":"Waited too long","vi":"Chờ đợi lâu"},{"code":"procedure","en":"Too much paperwork","vi":"Thủ tục rườm rà"},{"code":"guidance","en":"Guidance not clear","vi":"Hướng dẫn chưa rõ"},{"code":"attitude","en":"Attitude not good","vi":"Thái độ chưa tốt"},{"code":"facility","en":"Building or equipment not good","vi":"Cơ sở vật chất chưa tốt"},{"code":"result","en":"Result not satisfactory","vi":"Kết quả chưa thỏa đáng"}],"title":{"en":"Survey of satisfaction with public education","vi":"Khảo sát hài lòng về dịch vụ giáo dục công"},"version":1}','');
INSERT INTO audit VALUES(X'01a22f96b1d877ab8af2442892282a47',1796094734802,'root','','command','form.publish','','health.1','','{"code":"health","criteria":[{"code":"hea-01","en":"Signs to the building and its rooms are clear","factor":"access","vi":"Biển báo, chỉ dẫn đến cơ sở y tế và các phòng rõ ràng, dễ tìm"},{"code":"hea-02","en":"Staff can be asked and called when needed","factor":"access","vi":"Có thể hỏi và gọi nhân viên y tế khi cần"},{"code":"hea-03","en":"The way from arrival to treatment is clear and simple","factor":"procedure","vi":"Quy trình, thủ tục khám chữa bệnh rõ ràng, đơn giản"},{"code":"hea-04","en":"Prices are posted","factor":"procedure","vi":"Giá dịch vụ y tế được niêm yết, công khai"},{"code":"hea-05","en":"Waiting times are reasonable","factor":"procedure","vi":"Thời gian chờ đợi hợp lý"},{"code":"hea-06","en":"Waiting rooms and wards are clean and have room","factor":"facility","vi":"Phòng chờ, buồng bệnh sạch sẽ, đủ chỗ"},{"code":"hea-07","en":"Toilets are clean and at hand","factor":"facility","vi":"Nhà vệ sinh sạch sẽ, thuận tiện"},{"code":"hea-08","en":"Staff speak and behave well","factor":"attitude","vi":"Nhân viên y tế có lời nói, thái độ đúng mực"},{"code":"hea-09","en":"Staff are trusted for their skill","factor":"attitude","vi":"Nhân viên y tế được tin tưởng về chuyên môn"},{"code":"hea-10","en":"The treatment met expectations","factor":"result","vi":"Kết quả khám chữa bệnh đáp ứng mong đợi"},{"code":"hea-11","en":"The service was worth what it cost","factor":"result","vi":"Chất lượng dịch vụ tương xứng với chi phí"}],"factors":[{"code":"access","en":"Access","vi":"Khả năng tiếp cận"},{"code":"procedure","en":"Information and procedures","vi":"Minh bạch thông tin và thủ tục"},{"code":"facility","en":"Building and equipment","vi":"Cơ sở vật chất và phương tiện phục vụ"},{"code":"attitude","en":"Attitude and skill of the staff","vi":"Thái độ ứng xử, năng lực chuyên môn"},{"code":"result","en":"The result","vi":"Kết quả cung cấp dịch vụ"}],"order":"best-first","overall":{"code":"overall","en":"Overall, how satisfied are you with the health service?","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về dịch vụ của cơ sở y tế?"},"population":"health-education","reasons":[{"code":"waiting","en":"Waited too long","vi":"Chờ đợi lâu"},{"code":"procedure","en":"Too much paperwork","vi":"Thủ tục rườm rà"},{"code":"guidance","en":"Guidance not clear","vi":"Hướng dẫn chưa rõ"},{"code":"attitude","en":"Attitude not good","vi":"Thái độ chưa tốt"},{"code":"facility","en":"Building or equipment not good","vi":"Cơ sở vật chất chưa tốt"},{"code":"result","en":"Result not satisfactory","vi":"Kết quả chưa thỏa đáng"}],"title":{"en":"Survey of satisfaction with public health services","vi":"Khảo sát hài lòng về dịch vụ y tế công"},"version":1}','');
INSERT INTO audit VALUES(X'01a22f96b1d877aca0e3118083660a20',1796094734802,'root','','command','form.publish','','sipas-2017.1','','{"code":"sipas-2017","criteria":[{"code":"s17-01","en":"There are enough seats where people wait","factor":"access","vi":"Nơi ngồi chờ giải quyết công việc có đủ chỗ ngồi"},{"code":"s17-02","en":"There is enough equipment for people to use","factor":"access","vi":"Trang thiết bị phục vụ người dân, tổ chức đầy đủ"},{"code":"s17-03","en":"The equipment is modern","factor":"access","vi":"Trang thiết bị phục vụ người dân, tổ chức hiện đại"},{"code":"s17-04","en":"The equipment is easy to use","factor":"access","vi":"Trang thiết bị phục vụ người dân, tổ chức dễ sử dụng"},{"code":"s17-05","en":"The rules of procedures are posted completely","factor":"procedure","vi":"Quy định về thủ tục hành chính được niêm yết công khai đầy đủ"},{"code":"s17-06","en":"The rules of procedures are posted correctly","factor":"procedure","vi":"Quy định về thủ tục hành chính được niêm yết công khai chính xác"},{"code":"s17-07","en":"The papers to hand in are those the rules ask for","factor":"procedure","vi":"Thành phần hồ sơ phải nộp là đúng quy định"},{"code":"s17-08","en":"The fees are those of the rules","factor":"procedure","vi":"Phí, lệ phí phải nộp là đúng quy định"},{"code":"s17-09","en":"The time limit is that of the rules","factor":"procedure","vi":"Thời hạn giải quyết hồ sơ là đúng quy định"},{"code":"s17-10","en":"Civil servants are polite","factor":"attitude","vi":"Công chức có thái độ giao tiếp lịch sự"},{"code":"s17-11","en":"Civil servants listen to what people say","factor":"attitude","vi":"Công chức chú ý lắng nghe ý kiến của người dân, tổ chức"},{"code":"s17-12","en":"Civil servants answer and explain fully","factor":"attitude","vi":"Công chức trả lời, giải thích đầy đủ các ý kiến của người dân, tổ chức"},{"code":"s17-13","en":"Civil servants help with the papers with care","factor":"attitude","vi":"Công chức hướng dẫn kê khai hồ sơ tận tình, chu đáo"},{"code":"s17-14","en":"Civil servants'' guidance is easy to understand","factor":"attitude","vi":"Công chức hướng dẫn hồ sơ dễ hiểu"},{"code":"s17-15","en":"Civil servants keep to the rules","factor":"attitude","vi":"Công chức tuân thủ đúng quy định trong giải quyết công việc"},{"code":"s17-16","en":"The result is as the rules say (granted or refused)","factor":"result","vi":"Kết quả nhận được là đúng quy định (cấp giấy tờ hoặc từ chối cấp)"},{"code":"s17-17","en":"The result is complete","factor":"result","vi":"Kết quả nhận được có thông tin đầy đủ"},{"code":"s17-18","en":"The result is correct","factor":"result","vi":"Kết quả nhận được có thông tin chính xác"},{"code":"s17-19","en":"There is a way to hand in comments and complaints","factor":"feedback","vi":"Cơ quan có bố trí hình thức tiếp nhận góp ý, phản ánh, kiến nghị"},{"code":"s17-20","en":"Commenting and complaining is easy","factor":"feedback","vi":"Ông/Bà dễ dàng thực hiện góp ý, phản ánh, kiến nghị"},{"code":"s17-21","en":"Comments and complaints are dealt with actively","factor":"feedback","vi":"Cơ quan tiếp nhận và xử lý tích cực các góp ý, phản ánh, kiến nghị"},{"code":"s17-22","en":"The outcome of a comment is told in time","factor":"feedback","vi":"Cơ quan thông báo kịp thời kết quả xử lý góp ý, phản ánh, kiến nghị"}],"factors":[{"code":"access","en":"Access to services","vi":"Tiếp cận dịch vụ hành chính công"},{"code":"procedure","en":"Administrative procedures","vi":"Thủ tục hành chính"},{"code":"attitude","en":"Civil servants who handle the matter","vi":"Công chức trực tiếp giải quyết công việc"},{"code":"result","en":"The result","vi":"Kết quả cung ứng dịch vụ hành chính công"},{"code":"feedback","en":"Comments and complaints","vi":"Tiếp nhận, giải quyết góp ý, phản ánh, kiến nghị"}],"order":"best-first","overall":{"code":"overall","en":"Overall, how satisfied are you with the agency''s service?","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về sự phục vụ của cơ quan?"},"population":"agency","reasons":[{"code":"waiting","en":"Waited too long","vi":"Chờ đợi lâu"},{"code":"procedure","en":"Too much paperwork","vi":"Giấy tờ, thủ tục rườm rà"},{"code":"guidance","en":"Guidance not clear","vi":"Hướng dẫn chưa rõ"},{"code":"attitude","en":"Attitude not good","vi":"Thái độ chưa tốt"},{"code":"late","en":"Result given late","vi":"Trả kết quả trễ hẹn"},{"code":"result","en":"Result not satisfactory","vi":"Kết quả chưa thỏa đáng"}],"title":{"en":"Survey of satisfaction with public administration (criteria of 2017)","vi":"Khảo sát hài lòng về sự phục vụ hành chính (bộ tiêu chí 2017)"},"version":1}','');
INSERT INTO audit VALUES(X'01a22f96b1d877ad93147b98d5d38ac7',1796094734802,'root','','command','form.publish','','sipas-2022.1','','{"code":"sipas-2022","criteria":[{"code":"s22-01","en":"Information on procedures comes in many forms, easy to reach and to understand","factor":"access","vi":"Cơ quan cung cấp thông tin về giải quyết thủ tục hành chính theo nhiều hình thức, dễ tiếp cận, dễ hiểu"},{"code":"s22-02","en":"The office has clear signs and directions","factor":"access","vi":"Trụ sở có biển hiệu, hướng dẫn rõ ràng, dễ thấy"},{"code":"s22-03","en":"The office is clean and civilised","factor":"access","vi":"Trụ sở sạch sẽ, văn minh"},{"code":"s22-04","en":"There is enough good equipment for people to use","factor":"access","vi":"Trang thiết bị phục vụ người dân đầy đủ, chất lượng tốt"},{"code":"s22-05","en":"The rules of procedures are posted visibly and understandably","factor":"procedure","vi":"Quy định thủ tục hành chính được niêm yết công khai dễ thấy, dễ hiểu"},{"code":"s22-06","en":"The papers to hand in are those the rules ask for","factor":"procedure","vi":"Thành phần hồ sơ phải nộp là đúng quy định"},{"code":"s22-07","en":"The fees are those of the rules","factor":"procedure","vi":"Mức phí, lệ phí phải nộp là đúng quy định"},{"code":"s22-08","en":"The time limit is that of the rules","factor":"procedure","vi":"Thời hạn giải quyết thủ tục hành chính là đúng quy định"},{"code":"s22-09","en":"Civil servants are polite and respectful","factor":"attitude","vi":"Công chức có thái độ giao tiếp lịch sự, tôn trọng người dân"},{"code":"s22-10","en":"Civil servants answer questions in time and fully","factor":"attitude","vi":"Công chức cung cấp thông tin, trả lời kịp thời, đầy đủ các câu hỏi, ý kiến"},{"code":"s22-11","en":"Guidance is easy to understand; once is enough to complete the papers","factor":"attitude","vi":"Công chức hướng dẫn hồ sơ dễ hiểu, hoàn thiện được sau một lần hướng dẫn"},{"code":"s22-12","en":"Civil servants keep to the rules","factor":"attitude","vi":"Công chức tuân thủ đúng quy định trong giải quyết công việc"},{"code":"s22-13","en":"Civil servants are devoted to people''s matters","factor":"attitude","vi":"Công chức tận tình trong quá trình giải quyết công việc"},{"code":"s22-14","en":"The result is given on the promised day","factor":"result","vi":"Kết quả giải quyết thủ tục hành chính được trả đúng hẹn"},{"code":"s22-15","en":"The result is complete and correct","factor":"result","vi":"Kết quả giải quyết thủ tục hành chính có thông tin đầy đủ, chính xác"},{"code":"s22-16","en":"The result is fair","factor":"result","vi":"Kết quả giải quyết thủ tục hành chính đảm bảo tính công bằng"},{"code":"s22-17","en":"There is an easy way to hand in comments and complaints","factor":"feedback","vi":"Cơ quan có bố trí hình thức tiếp nhận phản ánh, kiến nghị, dễ thực hiện"},{"code":"s22-18","en":"Comments and complaints are dealt with by the rules","factor":"feedback","vi":"Cơ quan tiếp nhận, xử lý phản ánh, kiến nghị đúng quy định"},{"code":"s22-19","en":"The outcome of a complaint is told in time","factor":"feedback","vi":"Cơ quan thông báo kết quả xử lý phản ánh, kiến nghị kịp thời"}],"factors":[{"code":"access","en":"Access to services","vi":"Tiếp cận dịch vụ"},{"code":"procedure","en":"Administrative procedures","vi":"Thủ tục hành chính"},{"code":"attitude","en":"Civil servants who handle the matter","vi":"Công chức trực tiếp giải quyết công việc"},{"code":"result","en":"The result","vi":"Kết quả dịch vụ"},{"code":"feedback","en":"Comments and complaints","vi":"Tiếp nhận, xử lý phản ánh, kiến nghị"}],"order":"best-first","overall":{"code":"overall","en":"Overall, how satisfied are you with the public services you were given?","vi":"Nhìn chung, Ông/Bà hài lòng mức nào về việc cung ứng dịch vụ hành chính công?"},"population":"agency","reasons":[{"code":"waiting","en":"Waited too long","vi":"Chờ đợi lâu"},{"code":"procedure","en":"Too much paperwork","vi":"Giấy tờ, thủ tục rườm rà"},{"code":"guidance","en":"Guidance not clear","vi":"Hướng dẫn chưa rõ"},{"code":"attitude","en":"Attitude not good","vi":"Thái độ chưa tốt"},{"code":"late","en":"Result given late","vi":"Trả kết quả trễ hẹn"},{"code":"result","en":"Result not satisfactory","vi":"Kết quả chưa thỏa đáng"}],"title":{"en":"Survey of satisfaction with public services (criteria of 2022)","vi":"Khảo sát hài lòng về cung ứng dịch vụ hành chính công (bộ tiêu chí 2022)"},"version":1}','');
CREATE TABLE case_work (
	answer BYTEA PRIMARY KEY REFERENCES answer (id),
	unit TEXT NOT NULL,
	login TEXT NOT NULL,
	due BIGINT
)          WITHOUT ROWID  ;
CREATE TABLE work_step (
	answer BYTEA NOT NULL REFERENCES answer (id),
	id BYTEA NOT NULL,
	at BIGINT NOT NULL,
	login TEXT NOT NULL,
	act TEXT NOT NULL,
	unit TEXT NOT NULL,
	reason TEXT NOT NULL,
	person TEXT NOT NULL,
	due BIGINT,
	words TEXT NOT NULL,
	undone BIGINT NOT NULL,
	PRIMARY KEY (answer, id)
)          WITHOUT ROWID  ;
CREATE TABLE recovery_code (
	login TEXT NOT NULL REFERENCES staff (login),
	code_hash BYTEA NOT NULL,    -- BLAKE2b-256
	PRIMARY KEY (login, code_hash)
);
CREATE TABLE setting (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
)          WITHOUT ROWID  ;
CREATE TABLE device_desk (
	device TEXT NOT NULL,
	desk TEXT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (device, desk)
)          WITHOUT ROWID  ;
CREATE TABLE kiosk_setting (
	desk TEXT NOT NULL,
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (desk, key)
)          WITHOUT ROWID  ;
CREATE TABLE enrolment (
	key BYTEA PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	version TEXT NOT NULL,
	expires_at BIGINT NOT NULL,
	device TEXT NOT NULL,
	desk TEXT NOT NULL,
	sealed TEXT NOT NULL
);
CREATE TABLE device_seq (
	device TEXT PRIMARY KEY,
	ranges TEXT NOT NULL,
	missing BIGINT NOT NULL,
	twice BIGINT NOT NULL
)          WITHOUT ROWID  ;
CREATE TABLE device_boot (
	device TEXT NOT NULL,
	boot TEXT NOT NULL,
	began_at BIGINT NOT NULL,
	heard_at BIGINT NOT NULL,
	PRIMARY KEY (device, boot)
)          WITHOUT ROWID  ;
CREATE TABLE answer_said (
	answer BYTEA PRIMARY KEY,
	said_at BIGINT NOT NULL
)          WITHOUT ROWID  ;
CREATE TABLE wreck (
	device TEXT NOT NULL,
	name TEXT NOT NULL,
	at BIGINT NOT NULL,
	bytes BYTEA NOT NULL,
	received_at BIGINT NOT NULL,
	PRIMARY KEY (device, name, at)
);
CREATE TABLE link (
	token_hash BYTEA PRIMARY KEY,
	kind TEXT NOT NULL,
	dossier TEXT NOT NULL,
	ticket TEXT NOT NULL,
	desk TEXT NOT NULL,
	field TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE TABLE desk_call (
	desk TEXT PRIMARY KEY,
	number BIGINT NOT NULL,
	dossier TEXT NOT NULL,
	field TEXT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE TABLE dossier_answer (
	dossier TEXT PRIMARY KEY,
	answer BYTEA NOT NULL
)          WITHOUT ROWID  ;
CREATE TABLE addition (
	token_hash BYTEA PRIMARY KEY,
	answer BYTEA,
	comment TEXT,
	used BIGINT NOT NULL,
	at BIGINT NOT NULL
);
CREATE TABLE invitation (
	dossier TEXT PRIMARY KEY,
	sender BYTEA NOT NULL,
	phone TEXT NOT NULL,
	since_at BIGINT NOT NULL,
	finished_at BIGINT,
	state TEXT NOT NULL,
	why TEXT NOT NULL,
	due_at BIGINT,
	sent_at BIGINT NOT NULL
)          WITHOUT ROWID  ;
CREATE INDEX sms_in_sender ON sms_in (sender, received_at);
CREATE INDEX sms_out_state ON sms_out (state, created_at);
CREATE INDEX sms_out_sender ON sms_out (sender, created_at);
CREATE INDEX answer_aside ON answer (day) WHERE aside = 1;
CREATE INDEX remark_day ON remark (day, answer);
CREATE INDEX answer_sample ON answer (sample) WHERE sample = 1;
CREATE INDEX audit_object ON audit (object, id);
CREATE INDEX audit_login ON audit (login, id);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_remains BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_keeps BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(IGNORE); END;
CREATE INDEX answer_matter ON answer (unit, matter, aside, day, id)
WHERE matter <> 0;
CREATE INDEX answer_doubt ON answer (unit, doubt, aside, day, id, flags)
WHERE doubt <> 0;
CREATE INDEX case_work_unit ON case_work (unit, login);
CREATE INDEX work_step_decision ON work_step (unit, id)
WHERE act IN ('count', 'aside');
CREATE INDEX work_step_id ON work_step (id);
CREATE INDEX work_step_paper ON work_step (login, at) WHERE act = 'paper';
CREATE INDEX link_expires ON link (expires_at);
CREATE INDEX addition_at ON addition (at);
CREATE INDEX invitation_due ON invitation (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX invitation_sender ON invitation (sender, sent_at);
CREATE INDEX sms_in_person ON sms_in (person, received_at) WHERE person > 0;
CREATE INDEX sms_in_received ON sms_in (received_at);
COMMIT;
