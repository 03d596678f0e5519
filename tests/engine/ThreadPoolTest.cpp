#include "engine/cpu/ThreadPool.h"

#include <gtest/gtest.h>
#include <numeric>

using engine::ThreadPool;

TEST(ThreadPool, doesEveryPieceOnce)
{
    for (const int size : {1, 2, 7}) {
        ThreadPool pool(size);
        EXPECT_EQ(pool.size(), size);
        for (const int pieces : {0, 1, 2, 100}) {
            std::vector<std::atomic<int>> done(100);
            std::atomic<bool> isWorkerWrong = false;
            pool.run(pieces, [&](int worker, int piece) {
                ++done[static_cast<std::size_t>(piece)];
                if (worker < 0 || worker >= size)
                    isWorkerWrong = true;
            });
            EXPECT_FALSE(isWorkerWrong);
            for (int i = 0; i < 100; ++i)
                EXPECT_EQ(done[static_cast<std::size_t>(i)], i < pieces ? 1 : 0)
                    << "piece " << i << " of " << pieces;
        }
    }
}

TEST(ThreadPool, sharesNoWorkerBetweenPieces)
{
    ThreadPool pool(3);
    std::vector<std::atomic<int>> inside(3);
    std::atomic<bool> isShared = false;
    for (int round = 0; round < 500; ++round) {
        pool.run(8, [&](int worker, int) {
            if (++inside[static_cast<std::size_t>(worker)] != 1)
                isShared = true;
            --inside[static_cast<std::size_t>(worker)];
        });
    }
    EXPECT_FALSE(isShared);
}

TEST(ThreadPool, passesOnWhatAPieceThrowsAndWorksOn)
{
    ThreadPool pool(2);
    const auto fail = [&] {
        pool.run(50, [](int, int piece) {
            if (piece == 20)
                throw std::runtime_error("twenty");
        });
    };
    EXPECT_THROW(fail(), std::runtime_error);
    std::atomic<int> done = 0;
    pool.run(50, [&](int, int) { ++done; });
    EXPECT_EQ(done, 50);
}
