Console.WriteLine("No measurement named.");
